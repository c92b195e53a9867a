"""The measures panel: R², RMSE and mean absolute error, or precision and recall per class, live."""

from playground.components.component import measures_view
from playground.components.measures import measures_payload
from playground.session.current import current_visit


def measures_panel() -> None:
    """A table with a row per measure, and a column for the training and for the test points."""
    measures_view(measures_payload(current_visit().player), key="measures_view")
