"""What the page explains of a run, and the changes that it offers."""

from collections.abc import Mapping
from typing import Any

from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.finding import Finding
from playground.analysis.post_mortem import PostMortem, post_mortem
from playground.analysis.stability import StabilityMonitor
from playground.session.memo import Memo
from playground.session.player_controls import PlayerControls


class Diagnosis:
    """The findings of a run that stands still, and the post-mortem of one that diverged."""

    def __init__(self, controls: PlayerControls, memo: Memo, monitor: StabilityMonitor) -> None:
        self._controls = controls
        self._memo = memo
        self._monitor = monitor

    @property
    def finding(self) -> Finding | None:
        """The most important finding of a run that stands still. A divergence is left to the post-mortem."""
        player = self._controls.player
        if player.playing or player.trainer.diverged:
            return None
        key, measure = (player.run_id, player.frame_version, player.experiment), self._monitor.measure
        return next(iter(self._memo.get("diagnosis", key, lambda: diagnose(player, measure))), None)

    @property
    def post_mortem(self) -> PostMortem | None:
        """Why training diverged; None if it did not."""
        player = self._controls.player
        if not player.trainer.diverged:
            return None
        key = player.run_id, player.frame_version, player.experiment
        return self._memo.get("post_mortem", key, lambda: post_mortem(player))

    def try_change(self, change: Mapping[str, Any]) -> None:
        """Continues with other values of some fields, {name: value}; from epoch 0 where they need that."""
        self._controls.take(self._controls.player.experiment.changed(**change))

    def recover(self) -> None:
        """Goes back to the good moment of the post-mortem, with the learning rate that it offers."""
        found, player = self.post_mortem, self._controls.player
        if found is not None:
            player.go_to(found.good)
            self._controls.take(player.experiment.changed(learning_rate=found.suggested.learning_rate))
