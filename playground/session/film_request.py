"""What the browser says of the film when it asks for more or stops it: read from whatever arrives, and safe to use."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from playground.player.pacing import FRAMES_PER_TICK, MAX_FRAMES_PER_TICK

MAX_NUMBER = 2**53  # beyond it a browser's numbers are not whole


class FilmRequest(NamedTuple):
    """What a Request says of the film (playground/components/contract.py).

    Attributes:
        run_id: of the run that the browser has on screen; None for none.
        epoch: what it has on screen; None where that is unknown.
        number: of the request; the answer repeats it.
        frames: how many are asked for, at most MAX_FRAMES_PER_TICK; None for FRAMES_PER_TICK, the fewest.
        wait_ms: how long answers have taken; None where that is unknown.
    """

    run_id: int | None
    epoch: int | None
    number: int | None
    frames: int | None
    wait_ms: int | None

    @classmethod
    def read(cls, request: object) -> "FilmRequest":
        """The FilmRequest in what the browser sent; what is missing or invalid there is None."""
        sent: Mapping[Any, Any] = request if isinstance(request, Mapping) else {}
        run_id, epoch, number, frames, wait_ms = (_whole(sent.get(name)) for name in cls._fields)
        more = min(frames, MAX_FRAMES_PER_TICK) if frames is not None and frames > FRAMES_PER_TICK else None
        return cls(run_id, epoch, number, more, wait_ms)


def _whole(value: object) -> int | None:
    """A whole number of at least 0, or None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < MAX_NUMBER else None
