"""A new session of the same page goes on with what the visitor's browser has kept."""

import base64
import binascii
import time
from collections.abc import Mapping
from typing import Any, NamedTuple

from playground.experiment import Experiment
from playground.player.pacing import FRAMES_PER_TICK, MAX_FRAMES_PER_TICK
from playground.player.turn import computing_time
from playground.session.going_back import go_back
from playground.session.kept_compared import read_race_part, read_sweep_part
from playground.session.kept_pins import read_pins_part
from playground.session.lesson import LessonProgress, LessonState
from playground.session.pins import Pins
from playground.session.player_controls import PlayerControls
from playground.session.race import RaceControls
from playground.session.sweep import SweepControls
from playground.session.unfinished import Unfinished
from playground.sharing.kept import DAMAGED, KeptRun, digest, read_experiment_part, read_run_part, unpack
from playground.sharing.links import to_query
from playground.sharing.saved import SavedError

MAX_CHARACTERS = 3_000_000  # of all that the browser sends; it keeps 2 MB at most
MAX_SECONDS = 1.0  # of computing, from what was kept to what was on screen
MAX_WAIT_SECONDS = 6.0  # for that and the turns it takes, where a replica is gone and its visitors come all at once
AFTER = {"load": "the page was loaded again", "line": "the connection was lost"}


class WentOn(NamedTuple):
    """That the visit went on with a kept run, which the page says until something else happens.

    Attributes:
        epoch: where it went on.
        after: after what, in words.
        run_id, frame_version: of the player then; the frame counts where it does not train.
    """

    epoch: int
    after: str
    run_id: int
    frame_version: int | None


class TakingUp:
    """Takes up what the browser has kept, once.

    Args:
        controls, lesson, pins, race, sweep, unfinished, number: of the visit.
        query: of the address.
    """

    def __init__(
        self,
        controls: PlayerControls,
        lesson: LessonProgress,
        pins: Pins,
        race: RaceControls,
        sweep: SweepControls,
        unfinished: Unfinished,
        number: int,
        query: Mapping[str, str],
    ) -> None:
        self._controls, self._lesson, self._pins, self._number = controls, lesson, pins, number
        self._query = query
        self._race, self._sweep, self._unfinished = race, sweep, unfinished
        self._is_over = False
        self._went_on: WentOn | None = None

    @property
    def went_on(self) -> WentOn | None:
        """That the run went on, while that is news."""
        went_on, player = self._went_on, self._controls.player
        if went_on is None or went_on.run_id != player.run_id:
            return None
        return went_on if went_on.frame_version in (None if player.playing else player.frame_version,) else None

    def take_up(self, message: object) -> None:
        """Goes on with a kept visit, where the address says the same experiment; else the address wins.

        Args:
            message: what the browser sent: {"after", "shown": the epoch on screen, "raced": that of the race, "visit":
                the number of the visit before, "moved": whether the visitor went back or forward since, "parts": {name:
                base64}, "history"}, or anything else.
        """
        if self._is_over or not isinstance(message, Mapping) or "parts" not in message:
            return
        self._is_over = True
        try:
            parts = _parts(message)
            experiment = read_experiment_part(parts["experiment"])
            came_back = message.get("after") == "line"  # to a page that is open all the time
            if not (came_back or self._is_in_address(experiment)):
                return
            history = message.get("history")
            kept = read_run_part(parts["run"], experiment, digest(parts["experiment"]), history)
            pinned = read_pins_part(parts["pins"]) if "pins" in parts else []
            lesson = LessonState.read(unpack(parts["lesson"])) if "lesson" in parts else None
            race = read_race_part(parts["race"]) if "race" in parts else None
            sweep = read_sweep_part(parts["sweep"]) if "sweep" in parts else None
            given = unpack(parts["given"]) if "given" in parts else ""
            unfinished = unpack(parts["unfinished"]) if "unfinished" in parts else None
            looks_at = unpack(parts["looks_at"]) if "looks_at" in parts else None
            if "own" in parts:
                self._controls.own.load(unpack(parts["own"]))
        except (SavedError, KeyError):
            self._controls.reject("What this browser kept of the run cannot be read, so the run begins anew.")
            return
        self._open(kept, message, looks_at)
        if self._controls.given.load(given):
            self._controls.widgets.set_widget("given", given)
        self._unfinished.load(unfinished)
        if came_back and message.get("moved") is True:
            go_back(self._controls, self._query)
        self._pins.load(pinned)
        if lesson is not None:
            self._lesson.load(lesson)
        visit, raced = message.get("visit"), message.get("raced")
        if sweep is not None:
            self._sweep.go_on(sweep, visit if type(visit) is int else 0)
        if race is not None:
            entry, epoch, playing = race
            self._race.number += self._number  # as the run_id
            try:
                self._race.go_on(entry, max(epoch, raced) if playing and type(raced) is int else epoch, playing)
            except ValueError as error:
                self._controls.reject(f"The race does not go on: {error}")

    def decline(self) -> None:
        """Takes nothing up: the visitor wants to begin anew."""
        self._is_over = True

    def start_afresh(self) -> None:
        """Goes back to epoch 0 of the same experiment."""
        self._went_on = None
        self._controls.player.reset()

    def _is_in_address(self, experiment: Experiment) -> bool:
        """Whether the page's address describes an experiment, as far as an address can."""
        return to_query(experiment) == to_query(self._controls.player.experiment)

    def _open(self, kept: KeptRun, message: Mapping[Any, Any], looks_at: object) -> None:
        player = self._controls.player
        player.run_id += self._number  # so that the browser does not take it for a run whose charts it has
        player.open(kept.saved)
        self._controls.show_experiment()
        if type(looks_at) is int and looks_at in player.recording.epochs:
            self._controls.go_to(looks_at)
        epoch, shown, after = player.trainer.epoch, message.get("shown"), message.get("after")
        if kept.playing:
            player.play()
            if isinstance(shown, int):
                self._catch_up(shown)
                epoch = max(epoch, min(shown, player.trainer.epoch))
        words = AFTER.get(after, AFTER["load"]) if isinstance(after, str) else AFTER["load"]
        if epoch:
            self._went_on = WentOn(epoch, words, player.run_id, None if player.playing else player.frame_version)

    def _catch_up(self, shown: int) -> None:
        """Trains on to what was on screen, which the run comes to again as it did before."""
        player, end, late = self._controls.player, computing_time() + MAX_SECONDS, time.monotonic() + MAX_WAIT_SECONDS
        while player.playing and player.trainer.epoch < shown and computing_time() < end and time.monotonic() < late:
            # The page gets the last of these films: half a second.
            left = (shown - player.trainer.epoch) // player.experiment.speed - FRAMES_PER_TICK
            player.tick(min(MAX_FRAMES_PER_TICK, max(FRAMES_PER_TICK, left)))  # each may wait for its turn


def _parts(message: Mapping[Any, Any]) -> dict[str, bytes]:
    """The parts in a message.

    Raises:
        SavedError: when there are none, or too much.
    """
    parts, history = message.get("parts"), message.get("history")
    if not isinstance(parts, Mapping) or not isinstance(history, Mapping):
        raise SavedError(DAMAGED)
    texts = [*parts.values(), *(text for text in history.values() if text is not None)]
    if not all(isinstance(text, str) for text in texts) or sum(map(len, texts)) > MAX_CHARACTERS:
        raise SavedError(DAMAGED)
    try:
        return {str(name): base64.b64decode(text, validate=True) for name, text in parts.items()}
    except (binascii.Error, ValueError):
        raise SavedError(DAMAGED) from None
