"""The hidden layer whose units are shown."""

from playground.session.kept_fields import UNITS_LAYER, KeptFields
from playground.session.player_controls import PlayerControls

KEY = UNITS_LAYER  # of the widget in which it is chosen


class UnitsLayer:
    """The choice of a hidden layer, which a smaller network may no longer have."""

    def __init__(self, controls: PlayerControls, fields: KeptFields) -> None:
        self._controls, self._fields = controls, fields

    @property
    def number(self) -> int | None:
        """The layer: of a curve the last hidden one, which the output adds up; of a plane the chosen one.

        None without a hidden layer.
        """
        player = self._controls.player
        last = len(player.trainer.network.layers) - 1
        if last == 0:
            return None
        return last if player.problem.n_inputs == 1 else min(self._fields.number(KEY) or last, last)

    def choose(self) -> None:
        """Takes the layer that the widget shows."""
        self._fields.note(KEY)
