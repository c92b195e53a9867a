"""The page with the results of a sweep: the chart of the sweep panel in one HTML file, which needs nothing else."""

import gzip
import html
import json
import re
from collections.abc import Sequence
from pathlib import Path

from playground.compare.cells import Cell
from playground.compare.settings import SWEPT, in_words
from playground.components.assets import plotly_asset
from playground.figures.palette import PALETTES
from playground.figures.sweep import LINE, MAP, sweep_figure
from playground.sweep.arguments import Request

TEMPLATE = Path(__file__).with_name("heatmap.html")
HEIGHT_PX, ROW_PX, COLUMN_PX, AROUND_PX = 400, 54, 64, 60  # at least; of a row and a column; around them


def sweep_page(request: Request, cells: Sequence[Cell]) -> str:
    """The page of a sweep over one or two settings, with the cells that are trained."""
    axes = request.plan.axes
    labels, ticks = [SWEPT[name].label for name, _ in axes], [[in_words(each) for each in values] for _, values in axes]
    charts = {name: sweep_figure(palette, cells, labels, ticks) for name, palette in PALETTES.items()}
    rows, columns = (1, len(ticks[0])) if len(axes) == 1 else (len(ticks[0]), len(ticks[1]))
    parts = {
        "TITLE": html.escape(f"Sweep over {' and '.join(labels)}"),
        "WORDS": html.escape(request.size),
        "QUERY": html.escape(request.query),
        "CAPTION": LINE if len(axes) == 1 else MAP,
        "WIDTH": str(AROUND_PX + COLUMN_PX * columns),
        "HEIGHT": str(max(HEIGHT_PX, AROUND_PX + ROW_PX * rows)),
        "PLOTLY": gzip.decompress(plotly_asset().body).decode(),
        "CHARTS": json.dumps(charts, allow_nan=False).replace("<", "\\u003c"),
    }
    # One pass: what looks like a placeholder in a visitor's text stays text.
    return re.sub(r"\{\{([A-Z]+)\}\}", lambda placeholder: parts[placeholder[1]], TEMPLATE.read_text(encoding="utf-8"))
