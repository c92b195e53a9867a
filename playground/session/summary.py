"""What the visitor was asked, and what came of it, for the summary of the run."""

from playground.lessons.lesson import Lesson
from playground.player import Player
from playground.session.exercise import Exercise
from playground.session.lesson import LessonProgress
from playground.sharing.summary import Section


def sections_of(player: Player, lesson: LessonProgress, exercise: Exercise) -> list[Section]:
    """The parts of the summary about the lesson and the exercise, where there are any."""
    sections = []
    if lesson.lesson is not None:
        sections.append(Section(f"Lesson: {lesson.lesson.title}", _lesson_lines(lesson.lesson, lesson)))
    if exercise.is_there:
        sections.append(Section("Exercise", _exercise_lines(player, exercise)))
    return sections


def _lesson_lines(lesson: Lesson, progress: LessonProgress) -> list[str]:
    predicted = "none" if progress.predicted is None else lesson.choices[progress.predicted]
    lines = [lesson.question, f"Prediction: {predicted}."]
    if progress.revealed:
        lines += [f"Answer: {lesson.choices[lesson.right]}.", f"Goal: {lesson.goal}"]
        lines.append("The goal was reached." if progress.reached else "The goal was not reached yet.")
    return lines


def _exercise_lines(player: Player, exercise: Exercise) -> list[str]:
    lines = [exercise.task]
    if exercise.goal is not None:
        lines.append(f"Goal: {exercise.goal.in_words}.")
        for condition in exercise.goal.conditions:
            value = condition.quantity.of(player, player.frames[-1])
            now = "unknown" if value is None else f"{value:.6g}"
            lines.append(f"{'✓' if condition.holds(value) else '○'} {condition.in_words}: now {now}")
        reached = exercise.reached
        lines.append("Not reached yet." if reached is None else f"Reached at epoch {reached:,}.")
    return lines
