"""One stage of a step: its equation, the lines that compute it, and its matrices."""

from collections.abc import Sequence
from dataclasses import dataclass

from playground.analysis.walk.listings import Listing
from playground.analysis.walk.matrices import Matrix
from playground.analysis.walk.sums import Entry


@dataclass(frozen=True)
class Stage:
    """One stage of a step.

    Attributes:
        name: e.g. "Z1: the weighted sums of layer 1".
        equation: as the posts write it, in LaTeX.
        why: a sentence for the learner.
        listings: our own lines that compute it.
        matrices: what goes in and what comes out, the result last.
        entry: shows how one entry of the result is computed; None where it is no sum.
        off: the units of the result's layer that are switched off, of a stage that applies an activation.
    """

    name: str
    equation: str
    why: str
    listings: Sequence[Listing]
    matrices: Sequence[Matrix]
    entry: Entry | None = None
    off: Sequence[int] = ()

    @property
    def source(self) -> str:
        """The lines that compute it, as one text."""
        return "\n\n".join(listing.text.rstrip() for listing in self.listings)
