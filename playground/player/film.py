"""The film: what was shown of a running training and may not be on screen yet, and the way back to any frame of it."""

from typing import NamedTuple

from nn import StepOptions, Trainer
from nn.checkpoint import Checkpoint
from nn.history import LossHistory
from playground.experiment import Experiment
from playground.player.frame_sampler import Frame
from playground.player.recorded import Recorded
from playground.player.recording import Recording
from playground.player.series import Measurement, Series

MAX_SCENES = 8  # for a browser that never says what it has on screen


class Moment(NamedTuple):
    """A frame of a scene: its epoch, and what cannot be computed again.

    Attributes:
        change: as in Frame.
        test_loss: as in Frame.
        seconds: that training had taken.
    """

    epoch: int
    change: float
    test_loss: float | None
    seconds: float


class Scene(NamedTuple):
    """The frames of one tick, and all that the run was at its start.

    Attributes:
        experiment: by which the frames were trained.
        moments: the start, and each frame.
    """

    experiment: Experiment
    checkpoint: Checkpoint
    history: LossHistory
    options: StepOptions
    batch_size: int
    recorded: Recorded
    test_losses: tuple[Measurement, ...]
    clock: tuple[Measurement, ...]
    moments: list[Moment]


class Film:
    """The last ticks of a running training. To go back to a frame, it trains once more from the start of its tick.

    Training is deterministic, so this takes the time of a tick at most, and a tick costs one checkpoint to note.

    Args:
        trainer, recording, test_losses, clock: of the run.
    """

    def __init__(self, trainer: Trainer, recording: Recording, test_losses: Series, clock: Series) -> None:
        self._trainer, self._recording, self._test_losses, self._clock = trainer, recording, test_losses, clock
        self._scenes: list[Scene] = []

    @property
    def epochs(self) -> list[int]:
        """The epochs to which the run can go back, rising."""
        return sorted({moment.epoch for scene in self._scenes for moment in scene.moments})

    def clear(self) -> None:
        """Forgets all: what is on screen is the present."""
        self._scenes = []

    def begin_scene(self, experiment: Experiment, present: Frame) -> None:
        """Notes what the run is before a tick.

        Args:
            experiment: by which it is trained.
            present: the frame of the present epoch.
        """
        trainer = self._trainer
        checkpoint = trainer.checkpoint()
        self._scenes.append(
            Scene(
                experiment,
                checkpoint,
                trainer.history.up_to(checkpoint.epoch, checkpoint.loss, checkpoint.objective),
                trainer.options,
                trainer.batch_size,
                self._recording.state,
                self._test_losses.measurements,
                self._clock.measurements,
                [self._moment(present)],
            )
        )
        del self._scenes[:-MAX_SCENES]

    def add(self, frame: Frame) -> None:
        """Adds a frame to the present scene."""
        self._scenes[-1].moments.append(self._moment(frame))

    def forget_before(self, epoch: int) -> None:
        """Forgets what lies before an epoch, which is on screen."""
        while len(self._scenes) > 1 and self._scenes[1].checkpoint.epoch <= epoch:
            del self._scenes[0]

    def go_back(self, epoch: int) -> tuple[Experiment, float]:
        """Takes the run back to one of `epochs`; all is then as if it had ended there.

        Returns:
            The experiment by which it was trained then, and the change of the frame there.
        """
        trainer = self._trainer
        while self._scenes[-1].moments[0].epoch >= epoch and len(self._scenes) > 1:
            self._scenes.pop()  # the start of a scene is also the end of the one before, which trained it
        scene = self._scenes[-1]
        trainer.options = scene.options
        trainer.set_batch_size(scene.batch_size)
        trainer.stopping.patience = scene.experiment.make_patience()
        trainer.restore(scene.checkpoint, scene.history)
        self._recording.restore(scene.recorded)
        self._test_losses.load(scene.test_losses)
        self._clock.load(scene.clock)
        while scene.moments[-1].epoch > epoch:
            scene.moments.pop()
        for moment in scene.moments[1:]:
            trainer.train(moment.epoch - trainer.epoch)
            self._clock.add(moment.epoch, moment.seconds)
            if moment.test_loss is not None:
                self._test_losses.add(moment.epoch, moment.test_loss)
                self._recording.note_test_loss(moment.test_loss)
            self._recording.record_if_due()
        return scene.experiment, scene.moments[-1].change

    def _moment(self, frame: Frame) -> Moment:
        return Moment(frame.epoch, frame.change, frame.test_loss, self._clock.last)
