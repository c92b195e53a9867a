"""Opening a saved run that the visitor uploads."""

from playground.session.lesson import LessonProgress
from playground.session.player_controls import UNCHANGED, PlayerControls
from playground.session.race import RaceControls
from playground.sharing.saved import read_run

MAX_FILE_NAME = 40  # characters of it that are repeated in a message
MENU_KEY = "share"


class SavedRunOpener:
    """Opens uploaded files.

    Attributes:
        error: what is wrong with the last file; None after a valid one, or once the menu was closed.
    """

    def __init__(self, controls: PlayerControls, lesson: LessonProgress, race: RaceControls) -> None:
        self._controls, self._lesson, self._race = controls, lesson, race
        self._opened = 0
        self.error: str | None = None

    @property
    def uploader_key(self) -> str:
        """The uploader's key: another one, and so an empty uploader, once a file was taken from it."""
        return f"saved_run_{self._opened}"

    def clear_error(self) -> None:
        """Forgets the error, as the menu was opened or closed."""
        self.error = None

    def open(self) -> None:
        """Opens the uploaded file and closes the menu, or has the menu report what is wrong with the file.

        The lesson and the race of the run before are left: they are not about the opened run.
        """
        file = self._controls.widgets.get(self.uploader_key)
        if file is None:
            return
        self._opened += 1
        try:
            self._controls.open(read_run(file.getvalue()))
        except ValueError as error:
            self.error = f"{file.name[:MAX_FILE_NAME]}: {error} {UNCHANGED}"
        else:
            self.error = None
            self._controls.widgets[MENU_KEY] = False
            self._lesson.leave()
            self._race.leave()
