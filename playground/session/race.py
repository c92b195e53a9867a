"""The visitor's race: at most one at a time, and never while the page's own run trains."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from playground.compare.race import Race
from playground.compare.settings import with_values
from playground.experiment import Experiment
from playground.session.film_request import FilmRequest
from playground.session.kept_fields import RACE, KeptFields
from playground.session.player_controls import PlayerControls
from playground.session.sent_history import Held, held_by

MAX_SECONDS = 3.0  # of training, from the start of a race to where it was


class Entry(NamedTuple):
    """What races: an experiment with several values of a setting, and how the page words each."""

    experiment: Experiment
    name: str
    values: tuple[Any, ...]
    words: Sequence[str]

    def race(self) -> Race:
        """A race of these.

        Raises:
            ValueError: where they cannot race.
        """
        return Race([with_values(self.experiment, {self.name: value}) for value in self.values], self.words)


class RaceControls:
    """Starts and pauses a race.

    Attributes:
        race: the Race, or None.
        entry: what races, or None.
        number: which race it is, counted from 1; 0 before the first.
        answered: the number of the browser's last request; None before the first.
    """

    def __init__(self, controls: PlayerControls, fields: KeptFields) -> None:
        self._controls, self._fields = controls, fields
        self.race: Race | None = None
        self.entry: Entry | None = None
        self.number = 0
        self.answered: int | None = None
        self._held = Held()

    @property
    def playing(self) -> bool:
        """Whether there is a race, and it runs."""
        return self.race is not None and self.race.playing

    @property
    def needs_charts(self) -> bool:
        """Whether the browser has to be sent the charts of this race, and not only their frames."""
        return self._held.run_id != self.number

    @property
    def after(self) -> int:
        """The epoch up to which the browser has the history of this race; -1 for none of it."""
        epoch = self.race.epoch if self.race is not None else -1
        is_known = not self.needs_charts and self._held.lineage == self.number and self._held.until <= epoch
        return self._held.until if is_known else -1

    def start(self, name: str, values: Sequence[Any], words: Sequence[str]) -> None:
        """Starts a race of the present experiment with several values of a setting.

        Args:
            name: of the setting, one of SETTINGS.
            values, words: its values, and how the page words each.
        """
        player = self._controls.player
        entry = Entry(player.experiment, name, tuple(values), tuple(words))
        try:
            race = entry.race()
        except ValueError as error:
            self._controls.reject(f"{error} No race was started.")
            return
        self._controls.rejection = None
        self._fields.note_all(RACE)
        player.playing = False
        race.playing = True
        self._take(race, entry)

    def go_on(self, entry: Entry, epoch: int, playing: bool) -> None:
        """Goes on with a race of an earlier visit: trains it once more up to an epoch, for at most MAX_SECONDS.

        Raises:
            ValueError: where there is no such race.
        """
        race = entry.race()
        race.train_to(epoch, MAX_SECONDS)
        self._take(race, entry)
        self.set_playing(playing and not self._controls.player.playing)
        if race.epoch < min(epoch, race.experiments[0].max_epochs) and not race.over:
            self._controls.inform(
                f"The race was at epoch {epoch:,}. It is trained once more, and has come to epoch {race.epoch:,}."
            )

    def _take(self, race: Race, entry: Entry) -> None:
        self.race, self.entry = race, entry
        self.number += 1

    def leave(self) -> None:
        """Ends the race and forgets it."""
        self.race = self.entry = None

    def set_playing(self, playing: bool) -> None:
        """Pauses the race, or continues it."""
        if self.race is not None:
            self.race.playing = playing and not self.race.over
            if playing:
                self._controls.player.playing = False

    def tick(self, request: object) -> None:
        """Trains the race's next frames, if it plays.

        Args:
            request: a Request of the browser (playground/components/contract.py), or anything else.
        """
        asked = FilmRequest.read(request)
        self._held, self.answered = held_by(request), asked.number
        if self.race is not None and self.race.playing:
            self.race.tick(asked.frames)
