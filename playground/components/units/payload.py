"""What the units of a curve are drawn from; their curves come with the board's frames."""

from playground.components.board import CURVE_STRIDE
from playground.components.view_contract import UnitsPayload
from playground.figures.contributions import contributions_figure, sum_range, units_figure
from playground.figures.palette import PALETTES
from playground.player import Player


def units_payload(player: Player, selected: int | None) -> UnitsPayload:
    """The contributions of the last hidden layer's units to a curve; `selected` is the selected one of them."""
    problem, grid = player.problem, player.grid[:, ::CURVE_STRIDE]
    *_, hidden, output = player.trainer.network.layers
    units = hidden.unit_count
    return {
        "run_id": player.run_id,
        "units": units,
        "layer": len(player.trainer.network.layers) - 1,
        "columns": hidden.Wb.shape[1],
        "selected": selected,
        "range": sum_range(problem, player.grid),
        "note": "" if output.g.name == "identity" else f"The output applies {output.g.label} to this sum.",
        "figures": {
            name: [contributions_figure(palette, problem, grid, units), units_figure(palette, grid, units)]
            for name, palette in PALETTES.items()
        },
        "colors": {name: {"added": palette.point, "waiting": palette.zero} for name, palette in PALETTES.items()},
    }
