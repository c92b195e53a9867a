"""The visitor's progress, as their browser keeps it from one evening to the next: lessons, predictions, exercises."""

import json
import re
from collections.abc import Mapping

from playground.lessons import LESSONS
from playground.session.exercise import MAX_KNOWN, Exercise
from playground.session.lesson import LessonProgress
from playground.sharing.saved.parts import MAX_EPOCHS

MAX_CHARACTERS = 20_000
MAX_ENTRIES = 2 * len(LESSONS) + MAX_KNOWN
_GOAL = re.compile(r"[0-9a-f]{16}")


class Progress:
    """What of lessons and exercises outlives the visit: numbers, as "done.xor", "predicted.xor", "goal.<digest>".

    Attributes:
        forgets: how often the visitor had it forgotten.
    """

    def __init__(self, lesson: LessonProgress, exercise: Exercise) -> None:
        self._lesson, self._exercise = lesson, exercise
        self.forgets = 0

    @property
    def entries(self) -> dict[str, int]:
        """All of it."""
        lesson = self._lesson
        return {
            **{f"done.{name}": 1 for name in LESSONS if name in lesson.done},
            **{f"predicted.{name}": answer for name, answer in lesson.predictions.items()},
            **{f"goal.{name}": epoch for name, epoch in self._exercise.known.items()},
        }

    @property
    def in_words(self) -> str:
        """How much it is; "" for nothing."""
        numbers = {
            "lesson done": len(self._lesson.done),
            "prediction": len(self._lesson.predictions),
            "exercise": len(self._exercise.known),
        }
        words = [f"{number} {_plural(what, number)}" for what, number in numbers.items() if number]
        return ", ".join(words)

    @property
    def part(self) -> bytes:
        """What the browser is given to keep."""
        return json.dumps({"forgets": self.forgets, "entries": self.entries}).encode()

    def take_up(self, message: object) -> None:
        """Adds what the browser has kept; what is invalid of it is left out.

        Args:
            message: what the browser sent: {"progress": JSON of the entries}, or anything else.
        """
        text = message.get("progress") if isinstance(message, Mapping) else None
        if not isinstance(text, str) or len(text) > MAX_CHARACTERS:
            return
        try:
            entries = json.loads(text)
        except (ValueError, RecursionError):
            return
        if not isinstance(entries, dict):
            return
        for key, value in list(entries.items())[:MAX_ENTRIES]:
            kind, _, name = key.partition(".")
            if type(value) is int and 0 <= value <= MAX_EPOCHS:
                self._add(kind, name, value)
        self._lesson.recall()
        self._exercise.recall()

    def _add(self, kind: str, name: str, value: int) -> None:
        lesson = LESSONS.get(name)
        if kind == "done" and lesson is not None:
            self._lesson.done.add(name)
        elif kind == "predicted" and lesson is not None and value < len(lesson.choices):
            self._lesson.predictions.setdefault(name, value)
        elif kind == "goal" and _GOAL.fullmatch(name):
            self._exercise.note(name, value)

    def forget(self) -> None:
        """Forgets all of it, here and in the browser: the visitor asks for it in this tab or has done so in another."""
        self.forgets += 1
        self._lesson.forget()
        self._exercise.forget()


def _plural(what: str, number: int) -> str:
    head, _, rest = what.partition(" ")
    return f"{head}{'s' * (number > 1)}{' ' * bool(rest)}{rest}"
