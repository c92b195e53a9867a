"""The open lesson: what was predicted, whether the answer is revealed, and whether the goal is reached."""

from collections.abc import MutableMapping

from playground.lessons import LESSONS
from playground.lessons.lesson import Lesson
from playground.session.player_controls import PlayerControls
from playground.session.views import OpenViews

NAMES = tuple(LESSONS)


class LessonProgress:
    """How far the visitor is in the lesson that the address names.

    Attributes:
        predicted: the number of the predicted answer, or None.
        revealed: whether the right answer is shown.
        reached: whether the goal has been reached, once the answer is revealed.
        done: the names of all lessons whose goals were reached.
    """

    def __init__(self, controls: PlayerControls, views: OpenViews, query: MutableMapping[str, str]) -> None:
        self._controls = controls
        self._views = views
        self._query = query
        self.done: set[str] = set()
        self._start_over()

    def _start_over(self) -> None:
        self.predicted: int | None = None
        self.revealed = self.reached = False

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

    def predict(self, answer: int) -> None:
        """Notes the predicted answer, by number. It cannot be changed once the right one is revealed."""
        if not self.revealed:
            self.predicted = answer

    def reveal(self) -> None:
        """Shows the right answer and why it is right."""
        self.revealed = True

    def check_goal(self) -> None:
        """Notes whether the run has reached the goal. Once reached, it stays so."""
        lesson = self.lesson
        if lesson is not None and self.revealed and not self.reached and lesson.reached(self._controls.player):
            self.reached = True
            self.done.add(lesson.name)
