"""The pace of training: how much film a tick brings, and how often it looks at the clock, whatever the machine."""

import math

from nn import Trainer
from playground.player.turn import TURNS, computing_time

FRAMES_PER_TICK = 30  # half a second of frames at 60 per second
MAX_FRAMES_PER_TICK = 90  # where an answer takes long; of the largest network, 9 MB
SECONDS_PER_TICK = (
    0.15  # of computing FRAMES_PER_TICK; on a slow machine a tick has fewer frames, and nothing else changes
)
SECONDS_PER_FRAME = 1.0  # of computing, for a single frame on request
SECONDS_PER_CLOCK_CHECK = 0.02  # of training between two looks at the clock
MAX_STRIDE = 1000  # epochs between two looks at the clock
WAITING_FOR_TWICE = 4  # visitors who wait, at which a tick brings up to twice the film
LEAST_SHARE = 0.5  # of the longest film
GOLDEN = (math.sqrt(5) - 1) / 2  # of a circle: steps of this length divide it evenly, however many they are


class FilmLengths:
    """How many frames the ticks of all visitors train: half a second's, and more where many have waited of late.

    An answer costs the server the same however much film it brings, so longer films save work. The lengths differ from
    tick to tick: with equal ones, visitors who came together would come back together and wait for one another.
    """

    def __init__(self) -> None:
        self._share = 0.0

    def next(self, asked: int | None, crowd: float) -> int:
        """The length of a tick.

        Args:
            asked: how many frames the page asks for; None for half a second's.
            crowd: how many visitors have waited at once of late.
        """
        self._share = (self._share + GOLDEN) % 1
        asked = asked or FRAMES_PER_TICK
        longest = min(MAX_FRAMES_PER_TICK, asked * (1 + crowd / WAITING_FOR_TWICE))
        return max(asked, int(longest * (LEAST_SHARE + (1 - LEAST_SHARE) * self._share)))


FILM_LENGTHS = FilmLengths()  # of all visitors of this server


class Pacer:
    """Trains until a time or an epoch, whichever comes first; within a turn, which it gives away now and then."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forgets how long an epoch takes."""
        self._stride = 1  # epochs between two looks at the clock; measured while training

    def train(self, trainer: Trainer, goal: int, *, end: float, stop_below: float) -> float:
        """Trains to the epoch `goal`, or until the clock says `end`, but for one epoch at least.

        It also ends when training diverges, or when the loss is below `stop_below`. Returns the seconds it took.
        """
        first = trainer.epoch
        start = now = computing_time()
        while trainer.epoch < goal and (now < end or trainer.epoch == first):
            TURNS.give_way()
            done = trainer.train(min(goal - trainer.epoch, self._stride), stop_below=stop_below)
            if done == 0 or trainer.loss < stop_below:
                break
            before, now = now, computing_time()
            self._stride = max(1, min(MAX_STRIDE, int(done * SECONDS_PER_CLOCK_CHECK / max(now - before, 1e-6))))
        return computing_time() - start
