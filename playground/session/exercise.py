"""The exercise that the address names: its task, what stays in sight, and whether its goal is reached."""

import hashlib
from collections.abc import Collection, Iterable, Mapping

from playground.exercises.goal import Goal, read_goal
from playground.exercises.task import read_task
from playground.exercises.visibility import Visibility, known_names, read_show
from playground.numerals import quoted
from playground.session.player_controls import PlayerControls
from playground.sharing.address_names import nearest

NAMES = ("show", "task", "goal")  # in the address
MAX_KNOWN = 200  # exercises whose goals were reached
MAX_NAMED = 3  # unknown names that are repeated


class Exercise:
    """What a teacher has put into the address.

    Attributes:
        task: a text, to be shown as text; "" for none.
        goal: what is to be reached; None for nothing.
        visible: what is in sight.
        reached: the epoch at which the goal was reached; None if it was not. Once reached, it stays so.
        known: the same of all exercises whose goals were reached, by their names; the latest MAX_KNOWN.
        errors: a sentence on each part of the address that cannot be used.
    """

    def __init__(self, controls: PlayerControls, query: Mapping[str, str]) -> None:
        self._controls, self._query = controls, query
        self.errors: list[str] = []
        self.known: dict[str, int] = {}
        self._passed_over: tuple[int, int] | None = None
        self._read()

    def follow_address(self) -> None:
        """Takes up the address; if it now names another exercise, the goal of that is still to be reached."""
        if self._said != self._texts():
            self._read()

    def _texts(self) -> tuple[str | None, ...]:
        return tuple(self._query.get(name) for name in NAMES)

    def _read(self) -> None:
        self._said = show, task, goal = self._texts()
        self.errors = []
        self._coming: int | None = None  # the epoch at which it is reached, which the browser has not shown yet
        self._checked = (0, -1)  # the run, and the epoch up to which it was looked at
        self.task, too_long = read_task(task or "")
        self.goal: Goal | None = None
        try:
            self.goal = read_goal(goal) if goal is not None else None
        except ValueError as error:
            self.errors.append(str(error))
        if too_long:
            self.errors.append(too_long)
        self.visible = Visibility(None if show is None else frozenset(read_show(show)))
        self._controls.fixed = self.visible.fixed
        self.reached: int | None = self.known.get(self.name)

    def recall(self) -> None:
        """Marks the goal that is known to have been reached before."""
        if self.reached is None:
            self.reached = self.known.get(self.name)

    def note(self, name: str, epoch: int) -> None:
        """Notes that the goal of an exercise was reached, unless that is known."""
        self.known.setdefault(name, epoch)
        for oldest in list(self.known)[:-MAX_KNOWN]:
            del self.known[oldest]

    def forget(self) -> None:
        """Forgets all goals that were reached; the frames on screen do not reach one again."""
        self.known.clear()
        self._read()
        self._passed_over = self._on_screen

    def check_names(self, panels: Collection[str]) -> list[str]:
        """A sentence on each name in ?show= that is unknown. Where none is known, everything stays in sight.

        Args:
            panels: the names of all panels.
        """
        show = self._query.get("show")
        names, known = read_show(show or ""), known_names(panels)
        unknown = [name for name in names if name not in known]
        if names and len(unknown) == len(names):
            self.visible = Visibility()
            self._controls.fixed = self.visible.fixed
        sentences = [
            f"There is no control or panel {quoted(name)} to show{_meant(name, known)}" for name in unknown[:MAX_NAMED]
        ]
        if len(unknown) > MAX_NAMED:
            sentences.append(f"{len(unknown) - MAX_NAMED} more names in show are unknown.")
        return sentences

    @property
    def is_there(self) -> bool:
        """Whether there is anything to be shown of it."""
        return bool(self.task) or self.goal is not None

    @property
    def needs_measures(self) -> bool:
        """Whether its goal is about R², precision and so on, which the board's frames bring only if asked."""
        return self.goal is not None and any(each.quantity.measured for each in self.goal.conditions)

    @property
    def name(self) -> str:
        """What this exercise is called where progress is kept; "" without a goal."""
        if self.goal is None:
            return ""
        return hashlib.sha256(repr((self.task, self.goal.text)).encode()).hexdigest()[:16]

    @property
    def _on_screen(self) -> tuple[int, int]:
        return self._controls.player.run_id, self._controls.player.frame_version

    def check_goal(self, seen: int | None) -> None:
        """Notes whether the goal is reached at what the browser has shown.

        Args:
            seen: the epoch on screen; None where that is unknown.
        """
        player = self._controls.player
        if self.goal is None or self.reached is not None or self._passed_over == self._on_screen:
            return
        run, after = self._checked
        first = player.frames[0].epoch
        after = -1 if run != player.run_id else min(after, first - 1)  # what begins with these frames is new
        if run != player.run_id or (self._coming is not None and self._coming >= first):
            self._coming = None
        if self._coming is None:
            self._coming = self.goal.first_epoch(player, after)
        self._checked = player.run_id, player.frames[-1].epoch
        if self._coming is not None and seen is not None and seen >= self._coming:
            self.reached, self._coming = self._coming, None
            self.note(self.name, self.reached)


def _meant(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"; did you mean {near}?" if near else "."
