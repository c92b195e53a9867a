"""The exercise that a teacher makes of what is on screen: its link, and the frame that shows it on another page."""

from collections.abc import Collection
from html import escape
from urllib.parse import quote, urlencode

from playground.exercises.goal import COMPARISONS, Condition, Goal, bound_of, read_goal
from playground.exercises.quantities import QUANTITIES
from playground.exercises.task import MAX_TASK
from playground.exercises.visibility import NOTHING, panel_name
from playground.session.address import query_of
from playground.session.kept_fields import PART_MARK, PART_NUMBER, PART_OF, SHOW, SHOW_NOTHING
from playground.session.player_controls import PlayerControls
from playground.session.views import OpenViews
from playground.sharing.links import fits

MAX_ADDRESS = 4000  # characters that browsers, servers and course pages keep whole
LONG_ADDRESS = 2000  # beyond which some mail programs cut a link
IN_FRAMES = {"speed", "new_start", "timeline", "advice"}  # what a page with ?embed=true has, beside its charts
TASK, GOAL = "exercise_task", "exercise_goal"  # keys of the widgets
FRAME_PX = 900  # the height of the frame


class ExerciseDraft:
    """What is chosen and typed for an exercise, and what becomes of it.

    Attributes:
        refusal: why the last part was not added to the goal; None if it was.
    """

    def __init__(self, controls: PlayerControls, views: OpenViews) -> None:
        self._controls, self._views = controls, views
        self.refusal: str | None = None

    @property
    def show(self) -> list[str] | None:
        """The names of what stays in sight; None for everything."""
        names = list(self._controls.widgets.get(SHOW) or [])
        return names if names or self._controls.widgets.get(SHOW_NOTHING) is True else None

    @property
    def task(self) -> str:
        """The text as typed."""
        return str(self._controls.widgets.get(TASK) or "").strip()

    @property
    def goal(self) -> Goal | None:
        """The typed goal; None for none.

        Raises:
            ValueError: when it does not read.
        """
        text = str(self._controls.widgets.get(GOAL) or "").strip()
        return read_goal(text) if text else None

    @property
    def valueless(self) -> list[str]:
        """What the goal is about, by its label, and this run has no value of, as a test loss without test points."""
        player, goal = self._controls.player, self.goal
        quantities = {each.quantity.label: each.quantity for each in goal.conditions} if goal else {}
        return [label for label, each in quantities.items() if each.of(player, player.frames[-1]) is None]

    def add_part(self) -> None:
        """Adds the chosen comparison to the goal, or notes why its number is refused."""
        widgets = self._controls.widgets
        name, mark, number = (widgets.get(key) for key in (PART_OF, PART_MARK, PART_NUMBER))
        if name not in QUANTITIES or mark not in COMPARISONS:
            return
        try:
            part = Condition(QUANTITIES[name], mark, bound_of(QUANTITIES[name], str(number or ""))).text
        except ValueError as error:
            self.refusal = str(error)
            return
        self.refusal = None
        before = str(widgets.get(GOAL) or "").strip().rstrip(",")
        widgets[GOAL] = f"{before},{part}" if before else part

    def address(self, base: str) -> str:
        """The link to the exercise.

        Args:
            base: the address of the page, without its query.

        Raises:
            ValueError: when there is none; the sentence says why.
        """
        goal, experiment = self.goal, self._controls.player.experiment
        if len(self.task) > MAX_TASK:
            raise ValueError(f"A task can have at most {MAX_TASK:,} characters, not {len(self.task):,}.")
        if not fits(experiment):
            raise ValueError("There are too many own points for a link.")
        show = self.show
        views = [name for name in self._views.names if show is None or panel_name(name) in show]
        query = query_of(experiment, {"view": ",".join(views)} if views else {})
        parts = {"task": self.task, "goal": goal.text if goal else ""}
        parts = {name: text for name, text in parts.items() if text}
        address = address_of(base, query | ({} if show is None else {"show": ",".join(show) or NOTHING}) | parts)
        if len(address) > MAX_ADDRESS:
            raise ValueError(
                f"The link would have {len(address):,} characters, and only {MAX_ADDRESS:,} are sure to be kept: "
                "shorten the task, or use fewer own points."
            )
        return address

    def frame(self, base: str) -> str:
        """The HTML with which another page shows the exercise; raises as `address` does."""
        return frame_of(self.address(base), self.show)


def address_of(base: str, query: dict[str, str]) -> str:
    """An address with a query, in characters that no mail program and no page takes for anything else."""
    return f"{base}?{urlencode(query, quote_via=quote, safe=',')}"


def frame_of(address: str, show: Collection[str] | None) -> str:
    """The HTML of a frame with an address. It has the charts alone where nothing around them is to be shown."""
    bare = show is not None and set(show) <= IN_FRAMES
    source = escape(f"{address}&embed=true" if bare else address, quote=True)
    return (
        f'<iframe src="{source}" title="An exercise of the neural network playground" width="100%" '
        f'height="{FRAME_PX}" style="border: 0" loading="lazy" allow="clipboard-write"></iframe>'
    )
