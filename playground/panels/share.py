"""Keep and share: the link, the run as a file, as code, as a replay, its numbers, and an exercise made of it."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from playground.components.component import copy_link
from playground.experiment import Experiment
from playground.panels.exercise_editor import exercise_editor
from playground.panels.failure import fragment
from playground.panels.inside import PANELS
from playground.panels.text import escape_markdown
from playground.session.current import current_visit, safely, then_rerun
from playground.session.saved_run import MENU_KEY
from playground.session.summary import sections_of
from playground.sharing.condition import condition_of
from playground.sharing.export import numpy_script_of, prediction_script_of, repeats, torch_script_of
from playground.sharing.links import fits, left_out
from playground.sharing.repeatable import repeatability
from playground.sharing.replay import replay_page
from playground.sharing.saved import write_run
from playground.sharing.summary import summary_page
from playground.sharing.tables import data_file, history_file


@fragment("Keep and share")
def share_panel() -> None:
    """A menu, drawn once it is opened; each download is made when it is asked for."""
    visit = current_visit()
    menu = st.popover(
        "Keep and share", icon=":material/ios_share:", key=MENU_KEY, on_change=safely(visit.saved_run.clear_error)
    )
    if not menu.open:
        return
    with menu:
        _link()
        _saved_run()
        _summary()
        _code()
        _replay_and_tables()
        exercise_editor({name: panel.label for name, panel in PANELS.items()})
        st.caption("To save a chart as a picture (PNG or SVG), press ⤓ on the chart.")


TOO_LONG = {"own": "own points", "given": "given weights"}


def _link() -> None:
    experiment = current_visit().player.experiment
    copy_link(key="copy_link")
    if fits(experiment):
        st.caption("The address of this page always holds the experiment.")
    else:
        st.caption(f"There are too many {_too_long(experiment)} for a link: save the run as a file instead.")
    st.caption(
        _repeatability(experiment),
        help="Processors round differently. A twin run shows the effect: its last digits are changed again and again, "
        "and where its losses depart from this run's, rounding errors are magnified.",
    )


def _too_long(experiment: Experiment) -> str:
    return " and ".join(TOO_LONG[name] for name in left_out(experiment))


def _repeatability(experiment: Experiment) -> str:
    """How far the run is the same on other machines, in a sentence."""
    epochs, differs_at = repeatability(experiment)
    if differs_at is None:
        return f"The same losses on any machine, to 1e-9, over the first {epochs:,} epochs."
    return f"From about epoch {differs_at:,} on, other kinds of machine may give other losses: they round differently."


def _summary() -> None:
    visit = current_visit()
    _download(
        "Summary to print",
        lambda: summary_page(visit.player, sections_of(visit.player, visit.lesson, visit.exercise)),
        "summary.html",
        "text/html",
        "description",
        "Settings, curves, numbers, code, and what was predicted and reached: one page to print or hand in.",
    )


def _saved_run() -> None:
    opener = current_visit().saved_run
    _download(
        "Save the run",
        partial(write_run, current_visit().player),
        "run.json",
        "application/json",
        "save",
        "The run as it is now. Opened here again, it continues exactly from there.",
    )
    st.file_uploader(
        "Open a saved run",
        "json",
        key=opener.uploader_key,
        on_change=then_rerun(opener.open),
        max_upload_size=5,
        help="A file that was saved here.",
    )
    if opener.error:
        st.error(escape_markdown(opener.error))


def _code() -> None:
    player = current_visit().player
    _download(
        "Code: NumPy",
        partial(numpy_script_of, player),
        "run.py",
        "text/x-python",
        "code",
        f"The run as one file that needs only NumPy, {repeats(player)}.",
    )
    _download(
        "Code: PyTorch",
        partial(torch_script_of, player),
        "run_torch.py",
        "text/x-python",
        "code",
        f"The run with PyTorch, {repeats(player)}.",
    )
    _download(
        "Code: the trained network",
        partial(prediction_script_of, player),
        "predict.py",
        "text/x-python",
        "code",
        f"The present weights, and a function that evaluates them. {condition_of(player)}".strip(),
    )


def _replay_and_tables() -> None:
    player = current_visit().player
    condition = condition_of(player)
    _download(
        "Replay",
        partial(replay_page, player),
        "replay.html",
        "text/html",
        "movie",
        f"The run so far, as a web page that replays these charts without a server. {condition}".strip(),
    )
    _download(
        "Loss by epoch",
        partial(history_file, player),
        "loss.csv",
        "text/csv",
        "show_chart",
        "CSV: the epoch and the loss; the objective and the test loss, if there are any.",
    )
    _download(
        "Points and fit",
        partial(data_file, player),
        "points.csv",
        "text/csv",
        "scatter_plot",
        f"CSV: for each point the inputs, y, the network's output, and whether it is a test point. {condition}".strip(),
    )


def _download(label: str, data: Callable[[], str | bytes], name: str, kind: str, icon: str, help: str) -> None:
    st.download_button(
        label,
        data,
        name,
        kind,
        key=f"download_{name.replace('.', '_')}",
        icon=f":material/{icon}:",
        help=help,
        on_click="ignore",
        width="stretch",
    )
