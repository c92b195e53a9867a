"""The player and the widgets that control it: the one place where the experiment changes."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import Any, Literal

from playground.experiment import DEFAULTS, Experiment
from playground.numerals import written
from playground.player import Message, Player
from playground.session.control_values import values_in, values_of
from playground.session.given_weights import GivenWeights
from playground.session.looking_back import LookingBack
from playground.session.own_data import OwnData
from playground.session.refusal import Taken, has_classes, question_about_formula, valid_parts
from playground.session.screen import Screen
from playground.session.typed_numbers import show_numbers
from playground.session.units_off import fit_units_off
from playground.session.widget_values import WidgetValues
from playground.settings import MAX_HIDDEN_LAYERS
from playground.sharing.saved import Saved

UNCHANGED = "The run continues unchanged."
NOT_IN_USE = "This formula is not what is learnt now: it is taken with the next change of a control."


class PlayerControls:
    """Keeps a player and the widgets that show its experiment in step.

    Attributes:
        player: the visitor's.
        widgets: the values of the page's widgets.
        screen: what the browser has on screen.
        own: what the visitor made, and what has replaced it.
        has_new_film: whether a change has made frames that no answer has brought yet.
        rejection: why the last change was not made, or not quite as asked; None if it was.
        replacements: how many times all settings were replaced, and not changed by their widgets.
        given: the given weights while the network is another one.
        back: the run's end, while an earlier moment is looked at.
        fixed: the fields that no widget changes: an exercise has their controls out of sight.
    """

    def __init__(self, player: Player, widgets: WidgetValues) -> None:
        self.player = player
        self.widgets = widgets
        self.rejection: Message | None = None
        self.replacements = 0
        self.screen = Screen(player)
        self.own = OwnData()
        self.has_new_film = False
        self.fixed: Collection[str] = ()
        self.given = GivenWeights()
        self.back = LookingBack(player)
        self._set_aside = False  # whether cross-entropy was chosen, and waits for a problem with classes

    @property
    def messages(self) -> list[Message]:
        """What the page has to say to the visitor: about the run, and about the last change."""
        return [message for message in (self.player.message, self.rejection) if message is not None]

    @property
    def message(self) -> Message | None:
        """The first of the messages."""
        return next(iter(self.messages), None)

    def reject(self, sentence: str) -> None:
        """Reports a change that could not be made."""
        self.rejection = Message("error", sentence)

    def inform(self, sentence: str) -> None:
        """Says what came of a change that was made."""
        self.rejection = Message("info", sentence)

    # --- Training: what was refused before is no longer the last thing that happened ---

    def play(self, epoch: int | None = None) -> None:
        """Player.play."""
        self.rejection = None
        self.player.play(epoch)

    def pause(self, epoch: int | None = None) -> None:
        """Player.pause."""
        self.rejection = None
        self.player.pause(epoch)

    def step(self, epoch: int | None = None) -> None:
        """Player.train_one_frame."""
        self.rejection = None
        self.player.train_one_frame(epoch)

    def reset(self) -> None:
        """Player.reset."""
        self.rejection = None
        self.player.reset()

    def warn_about_address(self, sentences: list[str]) -> None:
        """Reports parts of the address that are unknown or invalid, after those already reported."""
        start = self.player.message.text if self.player.message else "Not all of the address could be used."
        self.player.message = Message("warning", " ".join([start, *sentences]))

    # --- Another experiment ---

    def take(self, experiment: Experiment) -> None:
        """Continues with another experiment, and has all widgets show it. Own data stay where it does not use its own.

        Raises:
            ValueError: when it cannot start; nothing is changed then.
        """
        before = self.player.experiment
        experiment = self.own.kept_in(experiment, before)
        self.change(experiment)
        same_formula = (experiment.target, experiment.formula) == (before.target, before.formula)
        self.show_experiment(but={"formula"} if same_formula else ())  # one may be being typed

    def open(self, saved: Saved) -> None:
        """Continues a saved run, and has all widgets show its experiment. Own data stay as in `take`."""
        before = self.player.experiment
        self.player.open(replace(saved, experiment=self.own.kept_in(saved.experiment, before)))
        self.own.note(before, self.player.experiment)
        self.show_experiment()

    def show_experiment(self, *, but: Collection[str] = ()) -> None:
        """Has all widgets show the player's experiment.

        Args:
            but: the keys of the widgets that stay as they are.
        """
        self.rejection, self._set_aside = None, False
        self.replacements += 1
        for key, value in values_of(self.player.experiment).items():
            if key not in but:
                self.widgets.set_widget(key, value)

    def apply_widgets(self) -> None:
        """Changes the experiment to the widgets' values.

        What is invalid is reported, and the run keeps its own there: while a range is reversed or a formula is
        incomplete, all other changes apply.
        """
        player = self.player
        self.widgets.restore_stale(values_of(player.experiment))
        values = values_in(self.widgets, self.player.experiment, self.layer_count, self.fixed)
        self.rejection = None
        if refused := show_numbers(self.widgets, player.experiment):
            self.reject(" ".join([*refused, UNCHANGED]))
        self._fit_loss(values)
        left_out = self.given.fit(values, player.experiment), fit_units_off(values, player.experiment, self.widgets)
        if any(left_out):
            self._also_say("info", " ".join(filter(None, left_out)))
        question = None if self.own.is_undoing else question_about_formula(values, player.experiment)
        try:
            if question is not None:
                raise question
            self.change(Experiment(**values))
        except ValueError as error:
            before = player.experiment
            taken = self._take_the_rest(values, ("formula",) if question else ())
            in_use = taken.in_use if taken and player.experiment != before else UNCHANGED
            self._also_say("error", f"{error} {in_use}")

    def _also_say(self, kind: Literal["info", "error"], sentence: str) -> None:
        """Reports another thing about the same change."""
        said = self.rejection
        worst = "error" if said and said.kind == "error" else kind
        self.rejection = Message(worst, f"{said.text} {sentence}" if said else sentence)

    def _fit_loss(self, values: dict[str, Any]) -> None:
        """Sets cross-entropy aside while the problem has numbers, and takes it up again for classes; says so."""
        if values["loss"] != DEFAULTS["loss"]:
            self._set_aside = False
        learns_classes = has_classes(values)
        if values["loss"] == "cross_entropy" and learns_classes is False:
            values["loss"], self._set_aside = DEFAULTS["loss"], True
            sentence = (
                "Cross-entropy is for classes. This problem has numbers, so the loss is the squared error until there "
                "are classes again."
            )
        elif self._set_aside and learns_classes:
            values["loss"], self._set_aside = "cross_entropy", False
            sentence = "This problem has classes: the loss is the cross-entropy again."
        else:
            return
        self.widgets.set_widget("loss", values["loss"])
        self._also_say("info", sentence)

    def _take_the_rest(self, values: dict[str, Any], refused: Collection[str]) -> Taken | None:
        """Changes the experiment to as many of the values as are valid together; None if it could not be changed."""
        for taken in valid_parts(values, self.player.experiment, refused):
            with suppress(ValueError):  # it cannot start
                self.change(taken.experiment)
                return taken
        return None

    @property
    def formula_refusal(self) -> ValueError | None:
        """Why the formula in its widget is not what is learnt; None if it is, or if it is not chosen as the target."""
        present, values = self.player.experiment, values_in(self.widgets, self.player.experiment, self.layer_count)
        question = question_about_formula(values, present)
        if question is not None or values["target"] != "formula":
            return question
        try:
            asked = present.changed(**{name: values[name] for name in ("problem", "target", "formula", "low", "high")})
            if asked.formula != present.formula:
                asked.start()
        except ValueError as error:
            return error
        return None if (asked.target, asked.formula) == (present.target, present.formula) else ValueError(NOT_IN_USE)

    def change(self, experiment: Experiment) -> None:
        """Continues with another experiment, from what is on screen if the player trains.

        Raises:
            ValueError: when it cannot start; nothing is changed then.
        """
        before, version = self.player.experiment, self.player.frame_version
        self.player.change(experiment, self.screen.next_epoch)
        self.has_new_film = self.player.frame_version != version
        self.own.note(before, self.player.experiment)

    def new_start(self) -> None:
        """Starts again with the next seed, which its widget shows."""
        self.rejection = None
        self.widgets.set_widget("seed", written(self.player.new_start().seed))

    def go_to(self, epoch: int) -> None:
        """Goes to the recorded moment of an epoch."""
        self.rejection = None
        try:
            self.back.go_to(epoch)
        except ValueError as error:
            self.reject(str(error))
        self.widgets.set_widget("off", self.player.experiment.off)

    # --- What the widgets show ---

    def initialize_widgets(self) -> None:
        """Gives every widget its first value, before it is drawn."""
        self.widgets.initialize(values_of(self.player.experiment))

    def widget_value(self, name: str) -> Any:
        """The value of a field's widget."""
        return self.widgets.get(name, getattr(self.player.experiment, name))

    @property
    def layer_count(self) -> int:
        """How many hidden layers are chosen; the experiment's, where that is fixed or the widget has no such number."""
        count, present = self.widgets.get("layer_count"), len(self.player.experiment.layers)
        return count if count in range(MAX_HIDDEN_LAYERS + 1) and "layers" not in self.fixed else present
