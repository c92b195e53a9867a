"""The walk: one training step in the stages of the posts, each with its equation, its source and its matrices."""

from nn import Trainer
from nn.step_trace import Examples
from playground.analysis.walk.back_propagation import back_propagation
from playground.analysis.walk.evaluation import evaluation, loss_and_start
from playground.analysis.walk.stage import Stage
from playground.analysis.walk.update import options_stages, update_stages


def walk(trainer: Trainer, example: int | Examples | None = None) -> list[Stage]:
    """The stages of the step that training would take next, in the order in which the numbers are computed.

    Args:
        trainer: the trainer, which is left as it is.
        example: one example of the step, or others, as if they were among them; None for all of them.
    """
    step = trainer.next_step(example)
    return [
        *evaluation(step),
        *loss_and_start(step, trainer.loss_function),
        *back_propagation(step, trainer.loss_function),
        *options_stages(step, trainer.options),
        *update_stages(step, trainer),
    ]


__all__ = ["Stage", "walk"]
