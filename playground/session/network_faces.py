"""The face of the network's drawing and the input that goes through it, which the address keeps as ?face= and ?x=."""

from collections.abc import Callable, MutableMapping

from nn.step_trace import Examples
from playground.analysis.faces import FACES, Blocks, Drawn, Face, Traced, face_numbers, traced_in
from playground.figures.network import drawn_units
from playground.numerals import written
from playground.session.player_controls import PlayerControls
from playground.session.selected_parameter import SelectedParameter
from playground.session.typed_input import WHOLE_STEP, is_example, is_input, read_example, read_input
from playground.session.views import OpenViews
from playground.session.widget_values import MAIN
from playground.sharing.address_names import MAX_QUOTED

PANEL = "network"
FACE_KEY, SCOPE_KEY, X_KEY, EXAMPLE_KEY = "face", "face_scope", "face_x", "face_example"  # of the widgets
ONE_INPUT, ALL_EXAMPLES = SCOPES = ("one input", "the whole step")


class NetworkFaces:
    """What the drawing of the network shows.

    Args:
        controls, views, selected: of the visit.
        query: of the address.

    Attributes:
        refusal: why what was typed last is not in use; None if it is.
        opened: how often the address or the visitor has opened the drawing, or a face of it.
    """

    def __init__(
        self,
        controls: PlayerControls,
        views: OpenViews,
        selected: SelectedParameter,
        query: MutableMapping[str, str],
    ) -> None:
        self._player, self._widgets = controls.player, controls.widgets
        self._views, self._selected, self._query = views, selected, query
        self._face: Face = "weights"
        self._x: tuple[float, ...] | None = None
        self._example: int | None = None
        self._whole = False  # whether the backward face is of the whole step
        self.refusal: str | None = None
        self.opened = 0
        self._shown: tuple[object, ...] = ()
        self._version = 0

    # --- The address ---

    def follow_address(self) -> list[str]:
        """Takes up what the address says; returns a sentence for each part that cannot be used."""
        said: list[str] = []
        self._face, self._x, self._example, self._whole = "weights", None, None, False
        face = self._query.get("face", self._face).strip().lower()
        if face in FACES:
            self._face = face
            self.opened += self.in_address
        else:
            said.append(f"There is no face {face[:MAX_QUOTED]!r}: there are {', '.join(FACES)}.")
        for name, take in (("x", self._take_x), ("example", self._take_example)):
            try:
                if name in self._query:
                    take(self._query[name])
            except ValueError as error:
                said.append(f"{error}. Used instead: {self._in_words()}.")
        return said

    @property
    def in_address(self) -> bool:
        """Whether the address names a face, and so the panel that shows it."""
        return self._query.get("face", "").strip().lower() in FACES

    def keep_in_address(self) -> None:
        """Writes face and input into the address, while the panel is open; what is as at first is left out."""
        for name in ("face", "x", "example"):
            self._query.pop(name, None)
        if PANEL not in self._views.names or self._face == "weights":
            return
        self._query["face"] = self._face
        if self._whole:
            self._query["example"] = WHOLE_STEP
        elif self._x is not None:
            self._query["x"] = ",".join(map(written, self._x))
        elif self._example is not None:
            self._query["example"] = str(self._example)

    # --- What is shown ---

    @property
    def face(self) -> Face:
        """The face of the drawing."""
        return self._face

    @property
    def is_of_step(self) -> bool:
        """Whether the drawing is of the whole next step, and not of one input."""
        return self._face == "step" or (self._face == "backward" and self._whole)

    @property
    def traced(self) -> Traced:
        """The input that goes through the network."""
        return traced_in(self._player.problem, self._x, self._example)

    @property
    def examples(self) -> Examples | None:
        """The same as the network sees it; None where no input is looked at alone."""
        if self._face == "weights" or self.is_of_step:
            return None
        return self.traced.examples(self._player.trainer, self._player.problem)

    @property
    def drawn(self) -> Drawn:
        """The units that are drawn."""
        return drawn_units(self._player.trainer.network, self._selected.selection)

    def numbers(self, of_walk: Face | None = None) -> Blocks:
        """The numbers of the face as the run is now; or of the face of a walk, which is always that of one input."""
        if of_walk is None:
            return face_numbers(self._face, self._player.trainer, self.drawn, self.examples)
        examples = self.traced.examples(self._player.trainer, self._player.problem)
        return face_numbers(of_walk, self._player.trainer, self.drawn, examples)

    @property
    def in_words(self) -> str:
        """What goes through the network."""
        if self._face == "weights":
            return ""
        return f"the next step, of {self._player.trainer.batch_size} examples" if self.is_of_step else self._in_words()

    @property
    def key(self) -> int:
        """A number that changes with the face, the input, the network and the choice of units."""
        drawn = tuple(map(tuple, self.drawn))
        shown = self._player.run_id, self._face, self.is_of_step, self.traced, drawn, self._player.experiment.dropout
        if shown != self._shown:
            self._shown, self._version = shown, self._version + 1
        return self._version

    # --- What the visitor does ---

    def choose(self) -> None:
        """Takes the face and the scope that their widgets show."""
        self._widgets.restore_stale({FACE_KEY: self._face, SCOPE_KEY: ALL_EXAMPLES if self._whole else ONE_INPUT})
        face = self._widgets.get(FACE_KEY, self._face)
        if face in FACES and face != self._face:
            self._face, self.opened = face, self.opened + 1
        self._whole = self._widgets.get(SCOPE_KEY, ALL_EXAMPLES if self._whole else ONE_INPUT) == ALL_EXAMPLES
        self.keep_in_address()

    def type_x(self) -> None:
        """Takes an input that was typed."""
        self._take_typed(X_KEY, self._take_x)

    def type_example(self) -> None:
        """Takes the number of an example that was typed."""
        self._take_typed(EXAMPLE_KEY, self._take_example)

    def pick(self, sent: object) -> None:
        """Takes an input that was clicked on the fit or the plane, or {"example": its number}; nothing else."""
        example = sent.get("example") if isinstance(sent, dict) else None
        if is_example(example, self._player.problem.samples.shape[1]):
            self._x, self._example = None, example
        elif is_input(sent, self._player.problem.n_inputs):
            self._x, self._example = tuple(map(float, sent)), None
        else:
            return
        self._whole, self.refusal = False, None
        self.keep_in_address()

    def prepare_widgets(self) -> None:
        """Has the widgets show what is in use, before they are drawn."""
        traced = self.traced
        shown = {
            FACE_KEY: self._face,
            SCOPE_KEY: ALL_EXAMPLES if self._whole else ONE_INPUT,
            X_KEY: traced.in_words,
            EXAMPLE_KEY: "" if traced.example is None else str(traced.example),
        }
        for key, value in shown.items():
            self._widgets.set_widget(key, value, MAIN)

    def _take_typed(self, key: str, take: Callable[[str], None]) -> None:
        text = self._widgets.get(key)
        if not isinstance(text, str) or self._widgets.is_stale(key):
            return
        self.refusal = None
        try:
            take(text)
        except ValueError as error:
            self.refusal = f"{error}. In use: {self._in_words()}."
        self.keep_in_address()

    def _take_x(self, text: str) -> None:
        self._x, self._example, self._whole = read_input(text, self._player.problem.n_inputs), None, False

    def _take_example(self, text: str) -> None:
        if text.strip().lower() == WHOLE_STEP:
            self._whole = True
            return
        count = self._player.problem.samples.shape[1]
        self._example, self._x, self._whole = read_example(text, count), None, False

    def _in_words(self) -> str:
        """What goes through the network."""
        traced = self.traced
        return f"x = {traced.in_words}" + ("" if traced.example is None else f", example {traced.example}")
