"""What a run that stands still shows, and the change that is offered."""

from playground.analysis.diagnosis import diagnose
from playground.session import controls
from playground.session.visitor import act, player, remembered, stability_monitor


def finding():
    """The most telling Finding of a run that stands still, or None; of a divergence the post-mortem tells more."""
    run = player()
    if run.playing or run.trainer.diverged:
        return None
    key, measure = (run.run_id, run.frame_version), stability_monitor().measure
    return next(iter(remembered("diagnosis", key, lambda: diagnose(run, measure))), None)


def try_change(change):
    """Goes on with other values of some fields, {name: value}; from the start where these need one."""
    act(lambda: controls.take(player().experiment.changed(**change)))
