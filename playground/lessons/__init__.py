"""The lessons, in the order of the posts: evaluating a network, back-propagation, and gradient descent."""

from nn.registry import Registry
from playground.lessons.back_propagating import BACK_PROPAGATING
from playground.lessons.descending import DESCENDING
from playground.lessons.evaluating import EVALUATING
from playground.lessons.lesson import Lesson

__all__ = ["LESSONS", "Lesson"]

LESSONS = Registry("lesson", (*EVALUATING, *BACK_PROPAGATING, *DESCENDING))
