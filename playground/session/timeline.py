"""The timeline's widget: a slider over the recorded moments of the run."""

from playground.session.player_controls import PlayerControls


class Timeline:
    """The slider's key and value.

    A value of the slider is about the run as it was when the slider was drawn. Once anything else has moved the run,
    the value no longer counts, and another slider takes its place.
    """

    def __init__(self, controls: PlayerControls) -> None:
        self._controls = controls
        self._frame_version = -1  # of the run, as the slider was drawn or has moved it
        self._moved = 0  # how many times something else has moved it

    @property
    def key(self) -> str:
        """The slider's key: another one when there are other moments to choose from, or another one is shown."""
        player = self._controls.player
        moments = player.recording.epochs
        return f"timeline_{player.run_id}_{len(moments)}_{moments[-1]}_{self._moved}"

    def show(self, epoch: int) -> None:
        """Has the slider show an epoch, before it is drawn."""
        widgets, version = self._controls.widgets, self._controls.player.frame_version
        if version != self._frame_version:
            self._frame_version = version
            self._moved += 1
        if widgets.get(self.key) != epoch:
            widgets[self.key] = epoch

    def go_to_shown(self, key: str) -> None:
        """Goes to the moment that the slider of a key shows, if that is still the one on the page."""
        epoch, player = self._controls.widgets.get(key), self._controls.player
        if key == self.key and player.frame_version == self._frame_version and epoch is not None:
            self._controls.go_to(epoch)
            self._frame_version = player.frame_version
