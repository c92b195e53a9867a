"""The race and the sweep as the visitor's browser keeps them."""

import math
from typing import Any

import numpy as np

from playground.compare.result import MEASURES, Result, WaitedFor
from playground.compare.settings import MAX_VALUES, SETTINGS
from playground.compare.sweep import Run, SweepPlan
from playground.session.race import Entry
from playground.session.sweep import Axis, KeptSweep
from playground.sharing.kept import pack, packed, unpack
from playground.sharing.saved import SavedError
from playground.sharing.saved.field import Field
from playground.sharing.saved.parts import MAX_EPOCHS, read_start

MAX_WORDS = 200  # characters of a value in words, and of a sentence
MAX_RUNS = 576  # 64 cells from 9 seeds
NUMBERS = ("loss", "diverged", "test_loss", "accuracy", "test_accuracy", "seconds", "stopped", *MEASURES)  # of a Result
SPECIAL = ("inf", "-inf", None)  # nan stands for None
REASONS = (None, "test_loss", "loss")  # for which a run stopped early


def race_part(entry: Entry | None, epoch: int, playing: bool) -> bytes:
    """The part that holds a race, or that there is none."""
    if entry is None:
        return pack(None)
    names = {"experiment": entry.experiment.values, "name": entry.name, "values": entry.values, "words": entry.words}
    return pack({**names, "epoch": epoch, "playing": playing})


def read_race_part(data: bytes) -> tuple[Entry, int, bool] | None:
    """What races, up to which epoch it has, and whether it runs; None for no race.

    Raises:
        SavedError: when the part is anything else.
    """
    value = unpack(data)
    if value is None:
        return None
    names = ("experiment", "name", "values", "words", "epoch", "playing")
    experiment, name, values, words, epoch, playing = Field(value, "The race").fields(names)
    if type(playing.value) is not bool:
        raise playing.error("must be true or false")
    axis = _axis(name, values, words)
    return Entry(read_start(experiment).experiment, *axis), epoch.whole(0, MAX_EPOCHS), playing.value


def sweep_part(sweep: KeptSweep | None) -> bytes:
    """The part that holds a sweep, or that there is none."""
    if sweep is None:
        return pack(None)
    plan, results = sweep.plan, sweep.results
    done = [[math.nan if each is None else float(each) for each in _numbers(result)] for result in results.values()]
    return pack(
        {
            "experiment": plan.experiment.values,
            "axes": [[axis.name, axis.values, axis.words] for axis in sweep.axes],
            "seeds": plan.seeds,
            "epochs": plan.epochs,
            "runs": packed(np.array(list(results), int).ravel()),
            "results": packed(np.array(done, float).ravel()),
            "failed": [result.failed and result.failed[:MAX_WORDS] for result in results.values()],
            "waited_for": [result.waited_for for result in results.values()],
            "chosen": sweep.chosen,
            "stopped": sweep.stopped,
        }
    )


def read_sweep_part(data: bytes) -> KeptSweep | None:
    """The sweep in such a part.

    Raises:
        SavedError: when the part is anything else.
    """
    value = unpack(data)
    if value is None:
        return None
    names = ("experiment", "axes", "seeds", "epochs", "runs", "results", "failed", "waited_for", "chosen", "stopped")
    experiment, listed, seeds, epochs, *found, chosen, stopped = Field(value, "The sweep").fields(names)
    axes = tuple(_axis(*_three(each)) for each in listed.items(2))
    swept = tuple((axis.name, axis.values) for axis in axes)
    try:
        start = read_start(experiment).experiment
        plan = SweepPlan(start, swept, seeds.whole(1, MAX_VALUES), epochs.whole(1, MAX_EPOCHS))
    except SavedError:
        raise
    except (ValueError, TypeError) as error:
        raise SavedError(f"The sweep is invalid: {error}") from None
    place = chosen.whole(0, len(plan.values) - 1) if chosen.value is not None else None
    return KeptSweep(plan, axes, _results(plan, *found), place, None if stopped.value is None else _text(stopped))


def _results(plan: SweepPlan, runs: Field, results: Field, failed: Field, waited_for: Field) -> dict[Run, Result]:
    """The results by run, each of the plan's once."""
    sentences = failed.items(MAX_RUNS)
    reasons: list[Any] = [each.value for each in waited_for.items(MAX_RUNS)]
    count = len(sentences)
    if len(reasons) != count or any(reason not in REASONS for reason in reasons):
        raise waited_for.error("must have a reason or none for each result")
    places = np.array(runs.wholes(2 * MAX_RUNS, MAX_VALUES), int)
    rows = np.array(results.numbers(count * len(NUMBERS), SPECIAL)).reshape(count, len(NUMBERS))
    if places.size != 2 * count:
        raise runs.error("must have two numbers for each result")
    found = {
        (int(cell), int(seed)): _result(row, None if sentence.value is None else _text(sentence), reason)
        for (cell, seed), row, sentence, reason in zip(
            places.reshape(-1, 2), rows.tolist(), sentences, reasons, strict=True
        )
    }
    if len(found) < count or not found.keys() <= plan.runs().keys():
        raise runs.error("must be those of the sweep, each once")
    return found


def _result(row: list[float], failed: str | None, waited_for: WaitedFor | None) -> Result:
    values: dict[str, Any] = {
        name: None if math.isnan(value) else value for name, value in zip(NUMBERS, row, strict=True)
    }
    for name, kind in {"diverged": bool, "stopped": int}.items():
        values[name] = None if values[name] is None else kind(values[name])
    return Result(**values, failed=failed, waited_for=waited_for)


def _numbers(result: Result) -> list[float | None]:
    return [getattr(result, name) for name in NUMBERS]


def _three(field: Field) -> list[Field]:
    items = field.items(3)
    if len(items) < 3:
        raise field.error("must be a name, values and words")
    return items


def _axis(name: Field, values: Field, words: Field) -> Axis:
    """A setting with values that may be anything: whoever trains them checks them."""
    found = tuple(each.value for each in values.items(MAX_VALUES))
    texts = [_text(each) for each in words.items(MAX_VALUES)]
    if len(texts) != len(found) or any(not isinstance(each, int | float | str) for each in found):
        raise values.error("must be numbers or texts, each with its words")
    if _text(name) not in SETTINGS:
        raise name.error("must be a setting")
    return Axis(_text(name), found, texts)


def _text(field: Field) -> str:
    if not isinstance(field.value, str) or len(field.value) > MAX_WORDS:
        raise field.error("must be a text")
    return field.value
