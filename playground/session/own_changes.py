"""Changes of what the visitor made, points or a formula, and their undo."""

from contextlib import suppress

from playground.session.player_controls import UNCHANGED, PlayerControls


class OwnChanges:
    """Changes own data: "own", the points, or "formula"."""

    def __init__(self, controls: PlayerControls) -> None:
        self._controls = controls

    def can_undo(self, name: str) -> bool:
        """Whether there is a change to take back."""
        return self._controls.own.can_undo(name)

    def change(self, name: str, text: str) -> None:
        """Has the player learn other own data.

        Raises:
            ValueError: when it cannot; nothing is changed then.
        """
        controls = self._controls
        controls.widgets.set_widget(name, text)
        controls.apply_widgets()
        present = getattr(controls.player.experiment, name)
        if present != text:
            controls.widgets.set_widget(name, present)
            why = controls.rejection.text if controls.rejection else UNCHANGED
            raise ValueError(why.removesuffix(UNCHANGED).strip())

    def undo(self, name: str) -> None:
        """Takes back the last change."""
        if self.can_undo(name):
            with suppress(ValueError), self._controls.own.undoing(name) as text:  # why it was not is reported already
                self.change(name, text)
