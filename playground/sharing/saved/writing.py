"""What writes a run: the bytes of a file, from which it goes on exactly."""

import json

from playground.experiment import CONTROLS
from playground.sharing.saved.digest import digest_of
from playground.sharing.saved.reading import FORMAT, VERSION
from playground.sharing.saved.values import check_size, listed


def write_run(player):
    """The bytes of a file, JSON, that holds a Player's run up to the moment on screen; what is later is left out.

    Raises:
        SavedError: when they are more than can be opened.
    """
    trainer, recording = player.trainer, player.recording
    moment = trainer.checkpoint()
    history = trainer.history.up_to(moment.epoch, moment.loss, moment.objective)
    tested, clock = player.test_losses.up_to(moment.epoch), player.clock.up_to(moment.epoch)
    generator = moment.rng["state"]
    document = {
        "format": FORMAT,
        "version": VERSION,
        "experiment": {name: getattr(player.experiment, name) for name in CONTROLS},
        "epoch": moment.epoch,
        "loss": moment.loss,
        "diverged": moment.diverged and moment.diverged.quantity,
        "parameters": listed(moment.parameters),
        "optimizer": {
            "kind": moment.optimizer.name,
            "memory": {
                name: value if name in moment.optimizer.counters else listed(value)
                for name, value in moment.optimizer.state.items()
            },
        },
        "generator": {
            "kind": moment.rng["bit_generator"],
            "words": listed(generator["key"]),
            "position": generator["pos"],
            "has_gauss": moment.rng["has_gauss"],
            "gauss": moment.rng["gauss"],
        },
        "order": listed(moment.order),
        "loss history": {
            "stride": history.stride,
            "epochs": listed(history.epochs),
            "losses": listed(history.losses),
            "objectives": [None if objective == "nan" else objective for objective in listed(history.objectives)],
        },
        "test-loss history": {"epochs": listed(tested[:, 0].astype(int)), "losses": listed(tested[:, 1])},
        "clock": {"epochs": listed(clock[:, 0].astype(int)), "seconds": listed(clock[:, 1])},
        "edits": [
            {"epoch": edit.epoch, "place": edit.parameter_index, "before": edit.before}
            for edit in recording.edits
            if edit.epoch <= moment.epoch
        ],
        "start": listed(recording.checkpoints[0].parameters) if recording.edited_since == 0 else None,
    }
    document["digest"] = digest_of(document)
    data = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    check_size(data)
    return data
