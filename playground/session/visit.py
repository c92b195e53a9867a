"""The visit: everything that the page keeps for one visitor. It works without Streamlit, and tests use it so."""

import secrets
from collections.abc import Iterable, MutableMapping
from typing import Any

from playground.analysis.learning_rate import Stability
from playground.analysis.stability import StabilityMonitor
from playground.analysis.walk import walk
from playground.session.address import player_from, plays_at_once, unused_names
from playground.session.diagnosis import Diagnosis
from playground.session.exercise import Exercise
from playground.session.exercise_draft import ExerciseDraft
from playground.session.face_film import FaceFilm
from playground.session.film_request import FilmRequest
from playground.session.going_back import go_back
from playground.session.keeping import Keeping
from playground.session.kept_fields import WALK_STAGE, KeptFields
from playground.session.landscape import LandscapeMap
from playground.session.lesson import LessonProgress
from playground.session.memo import Memo
from playground.session.network_faces import PANEL, NetworkFaces
from playground.session.network_walk import NetworkWalk
from playground.session.open_visits import Access
from playground.session.own_changes import OwnChanges
from playground.session.own_points import OwnPoints
from playground.session.pins import Pins
from playground.session.player_controls import PlayerControls
from playground.session.progress import Progress
from playground.session.race import RaceControls
from playground.session.saved_run import SavedRunOpener
from playground.session.selected_parameter import SelectedParameter
from playground.session.sent_history import SentHistory, held_by
from playground.session.setting_groups import SettingGroups
from playground.session.sweep import SweepControls
from playground.session.taking_up import TakingUp
from playground.session.timeline import Timeline
from playground.session.typed_numbers import TypedNumbers
from playground.session.unfinished import Unfinished
from playground.session.unit_switch import UnitSwitch
from playground.session.units import UnitsLayer
from playground.session.views import OpenViews
from playground.session.widget_values import WidgetValues
from playground.sharing.address_names import MAX_QUOTED

MAX_NUMBER = 2**40  # of a visit


class Visit:
    """One visitor's session.

    Args:
        query: the query of the address, as st.query_params.
        state: the values of the widgets by key, as st.session_state.

    Attributes:
        number: no other visit's.
        address: the query that the browser was given last.
        player: what trains.
        controls: the one place where the experiment changes.
        charts_sent: the run whose charts the browser has; None for none.
        history: how much of what is on record the browser has.
        answered: the number of the browser's last request; None before the first.
        around_drawn: what `around_board` was when what stands around the board was drawn last; None before.
    """

    def __init__(self, query: MutableMapping[str, str], state: MutableMapping[str, Any]) -> None:
        self._query, self.address = query, dict(query)
        widgets = WidgetValues(state)
        self.number = secrets.randbelow(MAX_NUMBER)
        self.access = Access()
        self.player, errors = player_from(query)
        self.controls = PlayerControls(self.player, widgets)
        self.fields = KeptFields(widgets)
        self.typed = TypedNumbers(widgets, self.fields)
        self.groups = SettingGroups(self.controls)
        self.memo = Memo()
        self._stability = StabilityMonitor()
        self.diagnosis = Diagnosis(self.controls, self.memo, self._stability)
        self.views = OpenViews(widgets, query)
        self.lesson = LessonProgress(self.controls, self.views, query)
        self.exercise = Exercise(self.controls, query)
        self.exercise_draft = ExerciseDraft(self.controls, self.views)
        self.own_changes = OwnChanges(self.controls)
        self.own_points = OwnPoints(self.controls, self.own_changes)
        self.selected = SelectedParameter(self.controls)
        self.unit_switch = UnitSwitch(self.controls, self.selected)
        self.faces = NetworkFaces(self.controls, self.views, self.selected, query)
        self.face_film = FaceFilm(self.controls, self.views, self.faces, self.selected)
        self.network_walk = NetworkWalk(self.controls, self.faces, self.memo, self.fields)
        self.units_layer = UnitsLayer(self.controls, self.fields)
        self.timeline = Timeline(self.controls)
        self.landscape = LandscapeMap(self.player)
        self.pins = Pins(self.controls)
        self.race = RaceControls(self.controls, self.fields)
        self.sweep = SweepControls(self.controls, self.fields, self.number)
        self.saved_run = SavedRunOpener(self.controls, self.lesson, self.race)
        self.progress = Progress(self.lesson, self.exercise)
        self.unfinished = Unfinished(self.controls, self.own_points, self.selected, self.fields)
        parts = self.race, self.sweep, self.unfinished
        self.keeping = Keeping(self.controls, self.lesson, self.pins, self.progress, *parts)
        self.taking_up = TakingUp(self.controls, self.lesson, self.pins, *parts, self.number, query)
        self.charts_sent: int | None = None
        self.history = SentHistory()
        self.answered: int | None = None
        self.around_drawn: tuple[bool, bool, bool] | None = None
        self._unseen = False  # whether the run ended in frames that the browser has not shown yet
        self._follow_address(errors)

    def _follow_address(self, errors: list[str]) -> None:
        """Reports what is unknown or invalid in the address; plays if it asks for that and its settings are valid."""
        plays, said = plays_at_once(self._query)
        errors = [*errors, *said, *self.faces.follow_address(), *self.lesson.check_address()]
        if plays and not errors:
            self.player.play()
        if unused := [*errors, *self.exercise.errors, *unused_names(self._query)]:
            self.controls.warn_about_address(unused)

    def follow_history(self, known: Iterable[str]) -> None:
        """Follows the address, in which the visitor has gone back or forward: experiment, lesson and panels of then.

        Args:
            known: the names of all panels.
        """
        go_back(self.controls, self._query)
        self.lesson.follow_address()
        self.exercise.follow_address()
        self.faces.follow_address()
        self.open_views(known)

    def open_views(self, known: Iterable[str]) -> None:
        """Opens the panels that the address names, or else its lesson's; reports an unknown one.

        Args:
            known: the names of all panels.
        """
        known, asked, lesson = list(known), self.views.in_address, self.lesson.lesson
        if asked is None:
            asked = list(lesson.views) if lesson else []
        if unknown_names_to_show := self.exercise.check_names(known):
            self.controls.warn_about_address(unknown_names_to_show)
        if self.faces.in_address:
            asked = [*asked, PANEL]
        self.views.open_only(name for name in known if name in asked and self.exercise.visible.has_panel(name))
        unknown = next((name for name in asked if name not in known), None)
        if unknown is not None:
            self.views.keep_in_address()
            self.controls.warn_about_address(
                [f"There is no view {unknown[:MAX_QUOTED]!r}: there are {', '.join(known)}."]
            )

    def keep_views(self) -> None:
        """Writes the open panels into the address, and the face of the network while that is open."""
        had = PANEL in self.views.opened
        self.views.keep_in_address()
        self.faces.opened += PANEL in self.views.names and not had
        self.faces.keep_in_address()

    @property
    def stability(self) -> Stability:
        """How large the learning rate may be at what is on screen."""
        return self._stability.measure(self.player)

    # --- The board ---

    def tick(self, request: object) -> None:
        """Trains the next frames, if training is on, and checks the goal of the lesson.

        Args:
            request: a Request of the browser (playground/components/contract.py), or anything else.
        """
        self.history.held = held_by(request)
        self.charts_sent = self.history.held.run_id
        asked, seen = FilmRequest.read(request), self._take(request)
        self.controls.screen.note(asked.run_id, asked.epoch, asked.wait_ms)
        if seen is not None:
            self.player.film.forget_before(seen)
        if not self.controls.has_new_film:  # as when the change and this request came together
            self.player.tick(asked.frames)
        self._unseen = not self.player.playing and seen is not None and seen < self.player.trainer.epoch
        self.check_goals(seen)

    def check_goals(self, seen: int | None = None) -> None:
        """Notes whether the goals of the lesson and of the exercise are reached.

        Args:
            seen: the epoch that the browser has on screen; without it, the present one of a run that stands still.
        """
        self.lesson.check_goal()
        stands_still = not (self.player.playing or self._unseen)
        self.exercise.check_goal(self.player.trainer.epoch if seen is None and stands_still else seen)

    def pause(self, request: object) -> None:
        """Pauses at the epoch that the browser has on screen; `request` as in `tick`."""
        self.controls.pause(self._take(request))

    def play(self, request: object) -> None:
        """Trains on from the epoch that the browser has on screen; `request` as in `tick`."""
        self.controls.play(self._take(request))

    def step(self, request: object) -> None:
        """Trains for one frame from the epoch that the browser has on screen, and pauses; `request` as in `tick`."""
        self.controls.step(self._take(request))

    def _take(self, request: object) -> int | None:
        """Takes a request, and returns the epoch that is on screen; None where it is another run's, or unknown."""
        asked = FilmRequest.read(request)
        self.answered = max(filter(None, (asked.number, self.answered)), default=None)  # one may overtake another
        return asked.epoch if asked.run_id == self.player.run_id else None

    @property
    def around_board(self) -> tuple[bool, bool, bool]:
        """What the rest of the page shows of a running training: whether it plays, and whether goals are reached.

        A run that ended by itself plays until the browser has shown its end.
        """
        is_playing = self.player.playing or self._unseen
        return is_playing, self.lesson.reached, self.exercise.reached is not None

    def note_around_drawn(self) -> None:
        """Notes that what stands around the board is drawn as the run is now."""
        self._unseen = False
        self.around_drawn = self.around_board

    @property
    def needs_charts(self) -> bool:
        """Whether the browser has to be sent the charts of this run, and not only their frames."""
        return self.charts_sent != self.player.run_id

    def note_charts_sent(self) -> None:
        """Notes that the browser is sent the charts of this run."""
        self.charts_sent, self.controls.has_new_film = self.player.run_id, False
        self.history.answers += 1

    # --- The walk through back-propagation ---

    def turn_walk(self, stage: int) -> None:
        """Shows a stage of the walk."""
        self.fields.choose(WALK_STAGE, stage)

    def show_lesson_stage(self) -> None:
        """Shows the stage of the walk that the lesson explains, and opens the panel."""
        lesson = self.lesson.lesson
        if lesson is not None and lesson.stage:
            names = [stage.name for stage in walk(self.player.trainer)]
            self.turn_walk(next((i for i, name in enumerate(names) if name.startswith(lesson.stage)), 0))
            self.views.open_more(("backprop",))
