"""What the board is sent: the frames of a tick, the history they continue, and what the browser needs to draw them."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from nn import SCHEDULES
from playground.analysis.layers import layer_numbers
from playground.analysis.learning_rate import Stability, rate_in_use
from playground.analysis.slopes import places_of
from playground.components.board.figures import board_figures, layer_text
from playground.components.board.units import CURVES_EVERY, unit_arrays
from playground.components.contract import BoardArrays, BoardHeader, Numbers, Plane, Selection, UnitArrays
from playground.components.payload import pack, rows_of
from playground.components.precision import curve_steps, halves, map_steps, single
from playground.components.themes import themed
from playground.figures.loss import loss_ranges
from playground.figures.plane import shade_limits, shades
from playground.figures.weights import weights_limit
from playground.player import Frame, Player
from playground.player.lowest import lowest_test_loss
from playground.problems.data_settings import CURVE
from playground.problems.grid import CELLS, MARGIN
from playground.problems.measures import measure
from playground.problems.problem import Problem

WEIGHTS_EVERY = 5  # frames: the heatmaps are drawn ten times a second
LARGE = 2500  # parameters; the heatmaps of more are drawn half as often
MEASURES_EVERY = 10  # frames
LAYERS_EVERY = 15  # frames
WORK_PER_LOOK = 100_000  # weights times examples; at layers of more is looked less often
OUTSIDE = MARGIN / (1 + 2 * MARGIN)  # the share of the fit's width on either side of the training range


def board_payload(
    player: Player,
    *,
    with_figures: bool,
    stability: Stability | None = None,
    units_of: int | None = None,
    with_measures: bool = False,
    with_layers: bool = False,
    slopes_of: tuple[int, int] = (1, 0),
    selected: Selection | None = None,
    face_key: int | None = None,
    weights_every: int | None = None,
    lineage: int = 0,
    after: int = -1,
    origin: int | None = None,
    answered: int | None = None,
    kept: bytes = b"",
    ticket: str | None = None,
    serial: int = 0,
    is_page_due: bool = False,
    may_edit: bool = True,
) -> bytes:
    """The player's present frames, packed for the board.

    What stands as a number on the page is exact, and so is all of a run that stands still. What is only drawn of a
    running training is as exact as can be seen.

    Args:
        player: the run.
        with_figures: whether the charts themselves are sent as well, and what they have in common, not only what moves.
        stability: how large the learning rate may be; None where it is unknown.
        units_of: the hidden layer whose units are sent as well, as curves or maps; None for none.
        with_measures: whether R², RMSE and so on are sent as well.
        with_layers: whether the sizes and spreads of the layers are sent as well, with the places of a unit on its g.
        slopes_of: (layer, unit) of that unit.
        selected: the selected parameter.
        face_key: by which what the frames show of the network's drawing is recognised; None where it is not on screen.
        weights_every: every how many frames the parameters are sent; None for as often as they are drawn.
        lineage, after: the past that the browser has, and up to which epoch; -1 for all of it to be sent.
        origin: another lineage that is the same up to there; None for no other.
        answered: the number of the request that this answers; None for none.
        kept: from `kept_payload`.
        ticket: by which the browser asks for more frames without Streamlit; None where it cannot.
        serial: rises with every answer of a visit.
        is_page_due: whether more of the page has changed than its board.
        may_edit: whether own points can be put, moved and removed on the chart.
    """
    frames, history, exact = player.frames, player.trainer.history, not player.playing
    places = {
        "parameters": _every(weights_every or _weights_every(player), len(frames)),
        "output": [i for i, frame in enumerate(frames) if frame.output is not None],
        "units": _every(CURVES_EVERY, len(frames)) if units_of else [],
        "measures": _every(MEASURES_EVERY, len(frames)) if with_measures else [],
        "layers": _every(_layers_every(player), len(frames)) if with_layers else [],
        "face": [i for i, frame in enumerate(frames) if frame.seen is not None and frame.seen.key == face_key],
    }
    tested = player.test_losses.up_to(frames[-1].epoch)
    objectives = history.objectives[np.isfinite(history.objectives)]
    new, newly_tested = history.after(after), tested[tested[:, 0] > after]
    parameters = np.stack([frames[i].parameters for i in places["parameters"]])
    largest = np.abs(parameters).max(axis=0)  # of all frames, so that a stop within the film changes no colour
    network, lowest = player.trainer.network, lowest_test_loss(player, up_to=frames[-1].epoch)
    header: BoardHeader = {
        "run_id": player.run_id,
        "frame_version": player.frame_version,
        "continues_from": player.continues_from,
        "answered": answered,
        "ticket": ticket,
        "serial": serial,
        "page_due": is_page_due,
        "playing": player.playing,
        "limits": [weights_limit(Wb) for Wb in network.matrices(largest)],
        "history": {
            "lineage": lineage,
            "origin": origin,
            "after": after,
            "until": frames[-1].epoch,
            "stride": history.stride,
        },
        "ranges": loss_ranges(history.epochs, np.concatenate([history.losses, tested[:, 1], objectives])),
        "objectives": [_finite(frame.objective) for frame in frames] if player.trainer.options.has_penalty else None,
        "test_losses": [frame.test_loss for frame in frames],
        "lowest_test": None if lowest is None else (lowest.epoch, lowest.loss),
        "learning_rate": rate_in_use(player.trainer),
        "scheduled_rate": None if player.experiment.schedule == "constant" else player.experiment.learning_rate,
        "stable_learning_rate": stability.limit if stability else None,
        "stable_bound": f"{stability.explanation}{_schedule_in_words(player)}" if stability else "",
        "figures": themed(board_figures(player)) if with_figures else None,
        "editable": may_edit and (player.experiment.problem, player.experiment.target) == (CURVE, "points"),
        "parameter_rows": rows_of(places["parameters"], len(frames)),
        "output_rows": rows_of(places["output"], len(frames)),
        "unit_rows": rows_of(places["units"], len(frames)),
        "selected": selected,
    }
    if with_figures:
        header["layers"] = layer_text(network)
        header["shapes"] = [layer.Wb.shape for layer in network.layers]
        header["outside"] = OUTSIDE
        header["plane"] = plane_of(player.problem, CELLS)
    units: UnitArrays = unit_arrays(player, units_of, [frames[i] for i in places["units"]]) if units_of else {}
    with_output = [frames[i] for i in places["output"]]
    arrays: BoardArrays = {
        "epochs": [frame.epoch for frame in frames],
        "losses": [frame.loss for frame in frames],
        "changes": [frame.change for frame in frames],
        "gradient_norms": [frame.gradient_norm for frame in frames],
        "outputs": _outputs(player.problem, with_output, exact),
        "parameters": parameters if exact else single(parameters),
        "history_losses": new[0],
        "tested_epochs": newly_tested[:, 0],
        "tested_losses": newly_tested[:, 1],
    }
    if objectives.size:
        arrays["history_objectives"] = new[1]
    if player.problem.classes:
        confusions = [frame.confusion for frame in with_output if frame.confusion is not None]
        arrays["confusions"] = np.stack(confusions).astype(np.uint16)
    if with_measures:
        _add_measures(header, arrays, player, places["measures"])
    if with_layers:
        _add_layers(header, arrays, player, places["layers"], slopes_of)
    if face_key is not None:
        _add_face(header, arrays, frames, places["face"], face_key)
    if kept:
        arrays["kept"] = np.frombuffer(kept, np.uint8)
    return pack(header, {**arrays, **units})


def _add_measures(header: BoardHeader, arrays: BoardArrays, player: Player, places: list[int]) -> None:
    frames, network = player.frames, player.trainer.network
    header["measure_rows"] = rows_of(places, len(frames))
    networks = [network.with_parameters(frames[i].parameters) for i in places]
    arrays["measures"] = np.array([measure(player.problem, each) for each in networks])


def _add_layers(
    header: BoardHeader, arrays: BoardArrays, player: Player, places: list[int], slopes_of: tuple[int, int]
) -> None:
    header["layer_rows"], header["slopes_of"] = rows_of(places, len(player.frames)), slopes_of
    parameters = [player.frames[i].parameters for i in places]
    arrays["layers"] = np.stack([layer_numbers(player.trainer, each) for each in parameters])
    arrays["unit_places"] = single([places_of(player.trainer, each, *slopes_of) for each in parameters])


def _add_face(
    header: BoardHeader, arrays: BoardArrays, frames: Sequence[Frame], places: list[int], face_key: int
) -> None:
    header["face_key"], header["face_rows"] = face_key, rows_of(places, len(frames))
    seen = [(i, each) for i in places if (each := frames[i].seen) is not None]
    if seen:
        rows = np.stack([each.numbers for _, each in seen])
        arrays["face"], header["face_scales"] = halves(rows, seen[0][1].sizes)
        header["face_sums"] = [(i, *each.sums) for i, each in seen if each.sums is not None]


def kept_payload(visit: int, parts: Mapping[str, bytes]) -> bytes:
    """What the browser is to keep of the visit with this number; it reads no part, and b"" is nothing."""
    arrays = {name: np.frombuffer(data, np.uint8) for name, data in parts.items()}
    return pack({"visit": visit}, arrays) if parts else b""


def plane_of(problem: Problem, cells: int) -> Plane | None:
    """What is special about a problem with two inputs; None for a curve."""
    if problem.n_inputs == 1:
        return None
    names = [problem.class_name(k) for k in range(problem.classes)]
    plane: Plane = {
        "cells": cells,
        "classes": problem.classes,
        "class_names": names,
        "limits": shade_limits(problem),
    }
    return plane


def _outputs(problem: Problem, frames: Sequence[Frame], exact: bool) -> Numbers:
    """What is drawn of the outputs, one row per frame: the curve, or the shades of a plane."""
    outputs = [frame.output for frame in frames if frame.output is not None]
    if problem.n_inputs == 1:
        curves = np.stack([output[0] for output in outputs])
        return curves if exact else curve_steps(curves, span=float(np.ptp(problem.samples[-1])) or 1.0)
    maps = np.stack([shades(problem, output) for output in outputs])
    if not exact:
        return map_steps(maps, shade_limits(problem))
    with np.errstate(over="ignore"):  # beyond float32 it is as good as inf, and drawn as a hole
        return maps.astype(np.float32)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _schedule_in_words(player: Player) -> str:
    """What the schedule does to the learning rate; "" where there is none."""
    experiment, options = player.experiment, player.trainer.options
    if experiment.schedule == "constant":
        return ""
    factor, label = options.learning_rate_factor(player.trainer.epoch), SCHEDULES[experiment.schedule].label
    return f". The schedule ({label}) multiplies {experiment.learning_rate:g} by {factor:.3g} at this epoch"


def _weights_every(player: Player) -> int:
    return WEIGHTS_EVERY if player.trainer.network.parameters.size <= LARGE else 2 * WEIGHTS_EVERY


def _layers_every(player: Player) -> int:
    work = player.trainer.network.parameters.size * player.trainer.training_set.m
    return LAYERS_EVERY * (1 + work // WORK_PER_LOOK)


def _every(stride: int, count: int) -> list[int]:
    """Every stride-th of so many places, the last one always among them."""
    return [i for i in range(count) if (count - 1 - i) % stride == 0]
