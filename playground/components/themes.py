"""Charts in two themes, sent as one and what the other has else: little more than colours."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypedDict, TypeVar

Figures = TypeVar("Figures")


class Themed(TypedDict, Generic[Figures]):
    """Figures in the light theme, and what turns them into those of the dark one: `changes`."""

    light: Figures
    dark: Any


def themed(figures: Mapping[str, Figures]) -> Themed[Figures]:
    """Figures by the name of their palette, of one structure."""
    return {"light": figures["light"], "dark": changes(figures["light"], figures["dark"])}


def changes(one: Any, other: Any) -> Any:
    """What turns one thing that JSON can hold into another of the same structure, as `changed` in themes.js reads it.

    Of a dict the keys whose values change, of a list of dicts or lists the indices, each with the change; of all else
    the other itself.

    Raises:
        ValueError: when they have different structures.
    """
    if isinstance(one, Mapping):
        if not isinstance(other, Mapping) or set(one) != set(other):
            raise ValueError("The themes have different figures.")
        return {key: changes(value, other[key]) for key, value in one.items() if value != other[key]}
    if isinstance(one, Sequence) and any(isinstance(each, Mapping | list | tuple) for each in one):
        if len(one) != len(other):
            raise ValueError("The themes have different figures.")
        pairs = enumerate(zip(one, other, strict=True))
        return {str(i): changes(before, after) for i, (before, after) in pairs if before != after}
    return other
