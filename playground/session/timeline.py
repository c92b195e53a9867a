"""The timeline's widget: a slider over the recorded moments of the run."""

from playground.session.player_controls import PlayerControls


class Timeline:
    """The slider's key and value."""

    def __init__(self, controls: PlayerControls) -> None:
        self._controls = controls

    @property
    def key(self) -> str:
        """The slider's key: another one when there are other moments to choose from."""
        player = self._controls.player
        moments = player.recording.checkpoints
        return f"timeline_{player.run_id}_{len(moments)}_{moments[-1].epoch}"

    def show(self, epoch: int) -> None:
        """Has the slider show an epoch, before it is drawn."""
        self._controls.widgets[self.key] = epoch

    def go_to_shown(self) -> None:
        """Goes to the moment that the slider shows."""
        self._controls.go_to(self._controls.widgets[self.key])
