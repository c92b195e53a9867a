"""What the page explains about a run, and the changes that it offers."""

from playground.analysis.diagnosis import diagnose
from playground.analysis.diagnosis.finding import Finding, Suggestion
from playground.analysis.post_mortem import PostMortem, post_mortem
from playground.analysis.stability import StabilityMonitor
from playground.session.memo import Memo
from playground.session.player_controls import PlayerControls
from playground.session.units_off import lost_units

NO_LONGER_GIVEN = (
    "The given weights do not fit the changed network: its start is drawn. Back in the browser brings them back."
)


class Diagnosis:
    """The findings of a run that stands still, and the post-mortem of one that diverged."""

    def __init__(self, controls: PlayerControls, memo: Memo, monitor: StabilityMonitor) -> None:
        self._controls = controls
        self._memo = memo
        self._monitor = monitor

    @property
    def finding(self) -> Finding | None:
        """The most important finding of a run that stands still."""
        player = self._controls.player
        if player.playing:
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

    def take(self, offer: Suggestion) -> None:
        """Takes what is offered: goes back where it says so, and continues with the changes; or from epoch 0."""
        player = self._controls.player
        if offer.go_back is not None:
            self._controls.go_to(offer.go_back)
        before = player.experiment
        self._controls.take(before.changed(**offer.changes))
        said = [NO_LONGER_GIVEN] if before.given and not player.experiment.given else []
        if "off" not in offer.changes and (lost := lost_units(before, player.experiment)):
            said.append(lost)
        if said:
            self._controls.inform(" ".join(said))

    def recover(self) -> None:
        """Takes the offer of the post-mortem."""
        found = self.post_mortem
        if found is not None:
            self.take(found.offer)
