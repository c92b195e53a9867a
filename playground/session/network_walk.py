"""The walk on the network's drawing: whether it is on, how fine its steps are, where it is, and if it is a film."""

from playground.analysis.faces import Walkthrough
from playground.analysis.walk import Stage, walk
from playground.session.kept_fields import NETWORK_WALK, NETWORK_WALK_PLACE, KeptFields
from playground.session.memo import Memo
from playground.session.network_faces import NetworkFaces
from playground.session.player_controls import PlayerControls
from playground.session.widget_values import MAIN, WidgetValues

KEY = NETWORK_WALK  # of the widget that chooses
OFF, BY_LAYER, BY_UNIT = CHOICES = ("off", "layer by layer", "unit by unit")


class NetworkWalk:
    """The way of one input through the step that comes next.

    Args:
        controls, faces, memo, fields: of the visit.

    Attributes:
        is_film: whether it goes on by itself.
    """

    def __init__(self, controls: PlayerControls, faces: NetworkFaces, memo: Memo, fields: KeptFields) -> None:
        self._controls, self._player, self._faces, self._memo = controls, controls.player, faces, memo
        self._widgets: WidgetValues = controls.widgets
        self._fields = fields
        self.is_film = False

    @property
    def place(self) -> int:
        """Where it is on the way, from 0."""
        return self._fields.number(NETWORK_WALK_PLACE)

    @property
    def _choice(self) -> str:
        choice = self._fields.values.get(KEY)
        return choice if choice in CHOICES else OFF

    @property
    def is_on(self) -> bool:
        """Whether the drawing shows the walk; it does while the run stands still."""
        return self._choice != OFF and not self._player.playing and self._faces.face != "weights"

    def stages(self) -> list[Stage]:
        """The stages of the step that training would take next, of the input that goes through the network."""
        player, faces = self._player, self._faces
        key = player.run_id, player.frame_version, faces.traced
        examples = faces.traced.examples(player.trainer, player.problem)
        return self._memo.get("network walk", key, lambda: walk(player.trainer, examples))

    def way(self) -> Walkthrough:
        """The way through the stages; without a known target it ends before the loss."""
        stages = self.stages()
        Y = next(m.values for stage in stages for m in stage.matrices if m.kind == "Y")
        return Walkthrough(stages, self._faces.drawn, by_unit=self._choice == BY_UNIT, to_loss=bool((Y != Y).any()))

    def prepare_widget(self) -> None:
        """Has the widget show what is chosen, before it is drawn."""
        self._widgets.set_widget(KEY, self._shown, MAIN)

    def choose(self) -> None:
        """Takes what the widget shows: a walk begins at its start, and pauses the training where the picture is."""
        self._widgets.restore_stale({KEY: self._shown})
        choice = self._widgets.get(KEY)
        if choice not in CHOICES or choice == self._shown:
            return
        if self._player.playing:
            self._controls.pause(self._controls.screen.next_epoch)
        self._fields.choose(KEY, choice)
        self._go_to(0)
        self.is_film = False

    @property
    def _shown(self) -> str:
        """The choice, which waits while the run trains."""
        return OFF if self._player.playing else self._choice

    def turn(self, by: object) -> None:
        """Goes one place on or back, 1 or -1; anything else changes nothing."""
        if by not in (1, -1) or isinstance(by, bool) or not self.is_on:
            return
        last = len(self.way().positions) - 1
        self._go_to(max(0, min(min(self.place, last) + int(by), last)))
        self.is_film = self.is_film and self.place < last

    def play_film(self) -> None:
        """Has the walk go on by itself, from its start if it is at its end; or stops it."""
        self.is_film = not self.is_film
        if self.is_film and self.place >= len(self.way().positions) - 1:
            self._go_to(0)

    def _go_to(self, place: int) -> None:
        self._fields.choose(NETWORK_WALK_PLACE, place)
