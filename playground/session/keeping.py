"""What the visitor's browser is given to keep, so that a new session of the same page can go on with it."""

import time
from collections.abc import Callable, Hashable, Mapping
from typing import NamedTuple

from playground.experiment import Experiment
from playground.session.kept_compared import race_part, sweep_part
from playground.session.kept_pins import pins_part
from playground.session.lesson import LessonProgress
from playground.session.pins import Pins
from playground.session.player_controls import PlayerControls
from playground.session.progress import Progress
from playground.session.race import RaceControls
from playground.session.sweep import SweepControls
from playground.session.unfinished import Unfinished
from playground.sharing.kept import digest, experiment_part, pack, run_part
from playground.sharing.links import fits

SECONDS_BETWEEN = 5.0  # of training, from one time that its run is kept to the next
MAX_SECONDS_BETWEEN = 15.0
BYTES_PER_SECOND = 20_000  # what keeping may cost the line; a large network is kept less often
FAULTS = {  # of the tab's storage, by what the browser calls them
    "blocked": "this browser allows the page no storage",
    "full": "there is no room in this browser's storage",
}
SECONDS_AGAIN = 1.0  # for which a new part comes with each answer: one that a later one overtakes is lost


class Sent(NamedTuple):
    """A part as it was sent last.

    Attributes:
        key: what it depends on.
        at: when it was new.
    """

    key: Hashable
    data: bytes
    at: float


class Keeping:
    """Finds the parts that the next answer brings: the run at pauses and every few seconds, the rest as it changes.

    Args:
        controls, lesson, pins, progress, race, sweep, unfinished: of the visit.
    """

    def __init__(
        self,
        controls: PlayerControls,
        lesson: LessonProgress,
        pins: Pins,
        progress: Progress,
        race: RaceControls,
        sweep: SweepControls,
        unfinished: Unfinished,
    ) -> None:
        self._controls, self._lesson, self._pins, self._progress = controls, lesson, pins, progress
        self._race, self._sweep, self._unfinished = race, sweep, unfinished
        self._sent: dict[str, Sent] = {}
        self._fault: object = ""
        self._moved = False

    def note_fault(self, fault: object) -> None:
        """Notes why the tab cannot keep the visit: one of FAULTS; with anything else that the browser sends, it can."""
        self._fault = fault

    @property
    def warning(self) -> str | None:
        """That own points would not outlive a reload: neither the address nor the tab holds them. None if one does."""
        reason = self._reason
        if reason is None or fits(self._controls.player.experiment):
            return None
        return (
            f"Your own points are lost when the page is closed or loaded again: they are too many for its address, and "
            f"{reason}. Save the run under Keep and share: its file holds them."
        )

    @property
    def in_words(self) -> str:
        """That a run would not outlive a reload either; "" if it would, or where there is a warning of more."""
        reason, warns = self._reason, self.warning is not None
        return "" if reason is None or warns else f"Loaded again, this page begins anew: {reason}."

    @property
    def _reason(self) -> str | None:
        return FAULTS.get(self._fault) if isinstance(self._fault, str) else None

    def parts(self) -> dict[str, bytes]:
        """The parts that the browser is to be given now."""
        entries = tuple(self._progress.entries.items())
        is_new = entries or self._progress.forgets
        progress = self._part("progress", (entries, self._progress.forgets), lambda: self._progress.part)
        return self._parts_of_run() | ({"progress": progress} if progress is not None and is_new else {})

    def _parts_of_run(self) -> dict[str, bytes]:
        """Those from which the run can go on; none while the address says it all."""
        if "experiment" not in self._sent and not self._is_worth_it():
            return {}
        player = self._controls.player
        experiment = self._controls.back.lasting
        sent = self._sent.get("experiment")
        goes_on_here = player.recording.at_present or sent is None or sent.key != experiment
        parts = {
            "experiment": self._part("experiment", experiment, lambda: experiment_part(experiment)),
            "pins": self._part("pins", self._pins.version, lambda: pins_part(self._pins.pinned)),
            "own": self._part("own", *self._own()),
            "given": self._weights_aside(),
            "lesson": self._part("lesson", self._lesson.state, lambda: pack(self._lesson.state._asdict())),
            "race": self._race_part(),
            "sweep": self._sweep_part(),
            "unfinished": self._unfinished_part(),
        }
        if goes_on_here:  # while an earlier moment is looked at, the end is kept, unless settings were changed there
            parts["run"] = self._run(experiment)
        looks_at = None if goes_on_here else player.trainer.epoch
        if looks_at is not None or "looks_at" in self._sent:
            parts["looks_at"] = self._part("looks_at", looks_at, lambda: pack(looks_at))
        return {name: data for name, data in parts.items() if data is not None}

    def come_back(self, said: object) -> None:
        """Has the next answer bring all parts again: the line was cut, and what was on its way is lost.

        Args:
            said: by the browser, {"moved": whether the visitor went back or forward meanwhile}, or anything else.
        """
        now = time.monotonic()
        self._sent = {name: sent._replace(at=now) for name, sent in self._sent.items()}
        self._moved = isinstance(said, Mapping) and said.get("moved") is True

    def take_moved(self) -> bool:
        """Whether the visitor went back or forward while the line was cut, and nothing has followed that."""
        moved, self._moved = self._moved, False
        return moved

    def _own(self) -> tuple[Hashable, Callable[[], bytes]]:
        replaced = self._controls.own.replaced
        return tuple(replaced.values()), lambda: pack(replaced)

    def _is_worth_it(self) -> bool:
        player = self._controls.player
        own, aside = self._controls.own.replaced, self._controls.given.aside
        by_hand = not fits(player.experiment) or any(own.values()) or bool(aside)
        compares = self._pins.version > 0 or self._race.number > 0 or self._sweep.runner is not None
        is_unfinished = self._unfinished.key is not None
        return player.trainer.epoch > 0 or by_hand or compares or self._lesson.begun or is_unfinished

    def _weights_aside(self) -> bytes | None:
        """The given weights that are set aside, once there were any."""
        aside = self._controls.given.aside
        return self._part("given", aside, lambda: pack(aside)) if aside or "given" in self._sent else None

    def _unfinished_part(self) -> bytes | None:
        """What is in no run, once there was any of it."""
        key, state = self._unfinished.key, self._unfinished
        is_known = key is not None or "unfinished" in self._sent
        return self._part("unfinished", key, lambda: pack(state.state)) if is_known else None

    def _race_part(self) -> bytes | None:
        """The race, once there was one. While it runs, the browser itself knows how far it has come."""
        controls, race = self._race, self._race.race
        epoch, playing = (race.epoch, race.playing) if race is not None else (0, False)
        key = controls.number, race is None, playing, epoch
        return self._part("race", key, lambda: race_part(controls.entry, epoch, playing)) if controls.number else None

    def _sweep_part(self) -> bytes | None:
        """The sweep, once there was one; while it is trained, now and then."""
        kept, sent = self._sweep.kept, self._sent.get("sweep")
        if kept is None:
            return None
        key: Hashable = (kept.plan, len(kept.results), kept.chosen, kept.stopped)
        if sent is not None and self._sweep.under_way and time.monotonic() - sent.at < MAX_SECONDS_BETWEEN:
            key = sent.key
        return self._part("sweep", key, lambda: sweep_part(kept))

    def _part(self, name: str, key: Hashable, make: Callable[[], bytes]) -> bytes | None:
        """A part, if it differs from what was sent last, or was sent only just now."""
        sent, now = self._sent.get(name), time.monotonic()
        if sent is None or sent.key != key:
            sent = self._sent[name] = Sent(key, make(), now)
        return sent.data if now - sent.at < SECONDS_AGAIN else None

    def _run(self, experiment: Experiment) -> bytes | None:
        """The run. While it trains, now and then; else whenever it is another one."""
        player, sent = self._controls.player, self._sent.get("run")
        moment = None if player.playing else player.frame_version
        key = player.run_id, moment, experiment
        if player.playing and sent is not None and sent.key == key:
            seconds = max(SECONDS_BETWEEN, min(MAX_SECONDS_BETWEEN, len(sent.data) / BYTES_PER_SECOND))
            if time.monotonic() - sent.at < seconds:
                return None
            del self._sent["run"]
        return self._part("run", key, lambda: run_part(player, digest(self._sent["experiment"].data)))
