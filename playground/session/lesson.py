"""The open lesson: what was predicted, whether the answer is revealed, and whether the goal is reached."""

from collections.abc import MutableMapping
from typing import NamedTuple

from playground.lessons import LESSONS
from playground.lessons.lesson import Lesson
from playground.session.player_controls import PlayerControls
from playground.session.views import OpenViews
from playground.sharing.address_names import MAX_QUOTED, nearest
from playground.sharing.saved.field import Field, SavedError


class LessonState(NamedTuple):
    """How far the visitor is, as their browser keeps it.

    Attributes:
        name: of the open lesson; None outside lessons.
        predicted, revealed, reached, done: as in LessonProgress.
    """

    name: str | None
    predicted: int | None
    revealed: bool
    reached: bool
    done: tuple[str, ...]

    @classmethod
    def read(cls, state: object) -> "LessonState":
        """The state in what a browser sent.

        Raises:
            SavedError: when it is anything else.
        """
        name, predicted, revealed, reached, done = Field(state, "The lesson").fields(cls._fields)
        lesson = LESSONS.get(name.value) if isinstance(name.value, str) else None
        choices = len(lesson.choices) if lesson else 0
        names = [each.value for each in done.items(len(LESSONS))]
        if not (lesson or name.value is None) or not {type(revealed.value), type(reached.value)} <= {bool}:
            raise SavedError("The lesson is unknown.")
        answer = None if predicted.value is None else predicted.whole(0, choices - 1)
        known = tuple(each for each in LESSONS if each in names)
        return cls(lesson.name if lesson else None, answer, revealed.value is True, reached.value is True, known)


class LessonProgress:
    """How far the visitor is in the lesson that the address names.

    Attributes:
        predicted: the number of the predicted answer, or None.
        revealed: whether the right answer is shown.
        reached: whether the goal has been reached, once the answer is revealed.
        done: the names of all lessons whose goals were reached.
        predictions: the last predicted answer to each lesson, by name.
    """

    def __init__(self, controls: PlayerControls, views: OpenViews, query: MutableMapping[str, str]) -> None:
        self._controls = controls
        self._views = views
        self._query = query
        self.done: set[str] = set()
        self.predictions: dict[str, int] = {}
        self._start_over()

    def follow_address(self) -> None:
        """Begins anew if the address now names another lesson."""
        if self.lesson is not self._of:
            self._start_over()

    def check_address(self) -> list[str]:
        """Takes an unknown lesson out of the address; returns a sentence about it."""
        name = self._query.get("lesson")
        if name is None or name in LESSONS:
            return []
        self._query.pop("lesson")
        near = nearest(name, LESSONS)
        return [f"There is no lesson {name[:MAX_QUOTED]!r}{f'; did you mean {near}?' if near else '.'}"]

    def _start_over(self) -> None:
        self._of = self.lesson
        self.predicted: int | None = None
        self.revealed = self.reached = False
        self.recall()

    def recall(self) -> None:
        """Shows what is known to have been predicted before."""
        if self._of is not None and self.predicted is None and not self.revealed:
            self.predicted = self.predictions.get(self._of.name)

    def forget(self) -> None:
        """Forgets which lessons are done and what was predicted; in the open lesson, what is not revealed yet."""
        self.done.clear()
        self.predictions.clear()
        if not self.revealed:
            self.predicted = None

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that the address names; None outside lessons."""
        return LESSONS.get(self._query.get("lesson", ""))

    def begin(self, name: str) -> None:
        """Begins a lesson, with its experiment at epoch 0, and closes the menu of lessons."""
        lesson, player = LESSONS[name], self._controls.player
        self._query["lesson"] = name
        self._start_over()
        player.playing = False
        self._controls.take(lesson.experiment)
        player.reset()
        self._views.open_more(lesson.views)
        self._controls.widgets["lessons"] = False

    def leave(self) -> None:
        """Leaves the lesson; the run stays."""
        self._query.pop("lesson", None)
        self._of = None

    @property
    def state(self) -> LessonState:
        """How far the visitor is."""
        lesson = self.lesson
        name = lesson.name if lesson else None
        return LessonState(name, self.predicted, self.revealed, self.reached, tuple(sorted(self.done)))

    @property
    def begun(self) -> bool:
        """Whether the visitor has done anything in a lesson."""
        return self.predicted is not None or self.revealed or bool(self.done)

    def load(self, state: LessonState) -> None:
        """Goes on with a state; what it says of another lesson than the open one is left out."""
        self.done = set(state.done)
        if self.lesson is not None and self.lesson.name == state.name:
            self.predicted, self.revealed, self.reached = state.predicted, state.revealed, state.reached
            if state.predicted is not None:
                self.predictions[state.name] = state.predicted

    def predict(self, answer: int) -> None:
        """Notes the predicted answer, by number. It cannot be changed once the right one is revealed."""
        if not self.revealed:
            self.predicted = answer
            if self.lesson is not None:
                self.predictions[self.lesson.name] = answer

    def reveal(self) -> None:
        """Shows the right answer and why it is right."""
        self.revealed = True

    def check_goal(self) -> None:
        """Notes whether the run has reached the goal. Once reached, it stays so."""
        lesson = self.lesson
        if lesson is not None and self.revealed and not self.reached and lesson.reached(self._controls.player):
            self.reached = True
            self.done.add(lesson.name)
