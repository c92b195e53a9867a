"""What passing frames bring of the network's drawing: as much of its face as there is time and room for."""

import numpy as np

from nn.softmax import Softmax
from playground.analysis.faces import Blocks, passing, sums_of
from playground.analysis.walk import walk
from playground.player.frame_sampler import Seen, Sums
from playground.player.pacing import FRAMES_PER_TICK
from playground.session.network_faces import PANEL, NetworkFaces
from playground.session.player_controls import PlayerControls
from playground.session.selected_parameter import SelectedParameter
from playground.session.views import OpenViews

BYTES = 2  # of a number as it is sent
BYTES_PER_TICK = 24_000  # of a face, at most: a large drawing is drawn anew less often
WORK_PER_LOOK = 100_000  # weights times examples; of more, a whole step is looked at less often
MAX_SHARE = 2 / 3  # of the frames: of sixty a second as many as the eye follows
MAX_SHARE_OF_A_LARGE_STEP = 1 / 10
SUMS_EVERY = 15  # frames, about: a sum is to be read
MANY_TERMS = 12  # of a sum; a longer one comes once in a tick


class FaceFilm:
    """Looks at a running training for the drawing, while that is on screen.

    Args:
        controls, views, faces, selected: of the visit.
    """

    def __init__(
        self, controls: PlayerControls, views: OpenViews, faces: NetworkFaces, selected: SelectedParameter
    ) -> None:
        self._player, self._views, self._faces, self._selected = controls.player, views, faces, selected
        self._key, self._bytes = -1, 0  # of what was looked at last
        self._is_on_screen = self._are_sums_due = False
        self._player.look = self._look

    def numbers(self) -> Blocks:
        """What a frame brings of the face, as the run is now."""
        is_softmax = isinstance(self._player.trainer.network.layers[-1].g, Softmax)
        return passing(self._faces.face, self._faces.numbers(), is_softmax=is_softmax)

    def _look(self, place: int) -> Seen | None:
        """What passing frames show of the face: so many of them that there is time and room for them."""
        if place == 0:  # once per film: to ask Streamlit takes as long as to look
            self._is_on_screen = PANEL in self._views.names
        if not self._is_on_screen:
            return None
        self._are_sums_due |= place % SUMS_EVERY == 0
        trainer, key = self._player.trainer, self._faces.key
        if key != self._key:
            self._key, self._bytes = key, 0
        share = min(MAX_SHARE, BYTES_PER_TICK / (FRAMES_PER_TICK * max(1, self._bytes)))
        if self._faces.is_of_step and trainer.network.parameters.size * trainer.batch_size > WORK_PER_LOOK:
            share = min(share, MAX_SHARE_OF_A_LARGE_STEP)
        if self._bytes and int((place + 1) * share) == int(place * share):
            return None
        blocks = list(self.numbers().values())
        numbers = np.concatenate(blocks)
        self._bytes = BYTES * numbers.size
        return Seen(key, numbers, tuple(map(len, blocks)), self._sums(place))

    def _sums(self, place: int) -> Sums | None:
        """How the numbers of the selected unit are computed, in some of the frames."""
        faces, selection = self._faces, self._selected.selection
        if selection is None or faces.examples is None:
            return None
        trainer = self._player.trainer
        network = trainer.network
        is_short = network.layers[selection.layer - 1].Wb.shape[1] <= MANY_TERMS
        is_due = self._are_sums_due and (is_short or place < SUMS_EVERY)
        self._are_sums_due = False
        if not is_due:
            return None
        lines = sums_of(walk(trainer, faces.examples), selection, faces.face, is_bias=selection.is_bias(network))
        return Sums((selection.layer, selection.unit, selection.input), "\n".join(lines))
