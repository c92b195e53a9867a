"""The player: a Trainer played frame by frame, for whoever draws the frames. It knows nothing of pages or pictures."""

import math
import time

from playground.experiment import Start
from playground.player.frame_sampler import FrameSampler
from playground.player.loss_on_test_set import LossOnTestSet
from playground.player.messages import Message, finished
from playground.player.recording import Recording
from playground.player.series import Series

FRAMES_A_TICK = 30  # half a second of film at 60 pictures a second
SECONDS_A_TICK = 0.15  # what a tick may compute: on a slow machine training is slower, and nothing else
SECONDS_A_STEP = 1.0
SECONDS_A_LOOK = 0.02  # how often training looks at the clock
MAP_EVERY = 2  # frames: a map of a plane is drawn thirty times a second


class Player:
    """Plays an experiment.

    Args:
        start: the Start of an experiment, or the Experiment itself.

    Attributes:
        experiment: what is played.
        problem, trainer: its data and its training.
        recording: the Recording of the run.
        held_out: the LossOnTestSet, with the test loss so far.
        clock: the Series of the seconds that training has taken.
        playing: whether ticks train.
        frames: what the last advance made, oldest first; at least one, the present.
        run: rises with every start from epoch 0.
        version: rises whenever there are new frames to show.
        message: a Message, or None.
    """

    def __init__(self, start):
        self.run_id = self.frame_version = 0
        self.message = None
        self._load(start if isinstance(start, Start) else start.start())

    @property
    def grid(self):
        """(inputs, n), the inputs over which the output is drawn."""
        return self._sampler.grid

    def change(self, experiment):
        """Goes on with another experiment: at once where it can, from epoch 0 where network or data are others.

        A running training keeps running. Nothing changes if the experiment cannot start (ValueError).
        """
        before = self.experiment
        if experiment == before:
            return
        if experiment.restarts_from(before):
            trained, playing = self.trainer.epoch > 0, self.playing
            self._load(experiment.start())
            self.playing = playing
            text = "Another network or other data: the run starts again at epoch 0."
            self.message = Message("info", text) if trained else None
            return
        self.experiment = experiment
        if experiment.steps_as(before):
            self.message = self._finished()
            return
        if self.trainer.diverged:
            self.trainer.optimizer = experiment.make_optimizer()
            self.trainer.diverged = None
        self._retune()
        if experiment.batch_size != before.batch_size:
            self.trainer.set_batch_size(experiment.batch_size or None)
            self._stride = 1  # an epoch takes another time now
        if self.recording.at_present:
            self.recording.record()  # what follows, follows from other settings
        self.message = self._finished()

    def open(self, saved):
        """Goes on with a Saved run, and stands still where it was saved. Recorded are its start and that moment."""
        self._load(saved.experiment.start())
        for moment in saved.moments:
            self.trainer.restore(moment, saved.history)
            self.recording.record()
        self.recording.edits = list(saved.edits)
        self.message = self._finished()
        self._show([self._sampler.with_output()])
        self.test_losses.load(saved.tested)
        self.clock.load(saved.clock)

    def go_to(self, epoch):
        """Goes to the recorded moment of an epoch, and stands still there. What is later stays until training goes on.

        Raises:
            ValueError: when there is no such moment.
        """
        self.recording.go_to(epoch)
        self.playing = False
        self._retune()
        self.message = self._finished()
        self._show([self._sampler.with_output()])

    def set_parameter(self, place, value):
        """Sets one of the flat parameters by hand, and stands still. What was recorded of later epochs is past.

        Where training has diverged, the optimizer forgets what it remembers, which is as large as what diverged.

        Raises:
            ValueError: a value with which the loss is not finite; nothing is changed then.
        """
        before = float(self.trainer.network.parameters[place])
        self._put(place, value)
        self.recording.note_edit(place, before)

    def undo(self):
        """Takes the last edit by hand back, if nothing was trained since."""
        if self.recording.can_undo:
            edit = self.recording.edits.pop()
            self._put(edit.place, edit.before)

    def _put(self, place, value):
        trainer, parameters = self.trainer, self.trainer.network.parameters
        diverged, before = trainer.diverged, parameters[place]
        trainer.diverged, parameters[place] = None, value
        try:
            trainer.train(0)  # measures the loss anew
        except ValueError:
            trainer.diverged, parameters[place] = diverged, before
            raise
        if diverged:
            trainer.optimizer = self.experiment.make_optimizer()
        self.playing = False
        self._go_on()
        self.recording.record()
        self.message = self._finished()
        self._show([self._sampler.with_output(self._sampler.sample(math.nan))])

    def play(self):
        """Starts training, or goes on."""
        reason = self._finished()
        if reason is None:
            self._go_on()
            self.playing = True
            self.message = None
            self.tick()
        else:
            self.message = reason

    def pause(self):
        """Stops training, for now."""
        self.playing = False
        self.message = self._finished()
        self._show([self.frames[-1]])

    def step(self):
        """One frame's epochs, and then a pause."""
        self.playing = False
        self.message = self._finished()
        if self.message is None:
            self._go_on()
            frame = self._advance(time.perf_counter() + SECONDS_A_STEP)
            self.recording.record_if_due()
            self._show([self._sampler.with_output(frame)])
            self.message = self._finished()

    def reset(self):
        """The same start again."""
        self.message = None
        self._load(self.experiment.start())

    def new_start(self):
        """Other initial weights: the next seed. Returns the experiment that has it."""
        self.message = None
        seed = (self.experiment.seed + 1) % 10_000
        self._load(self.experiment.changed(seed=seed).start())
        return self.experiment

    def redraw(self):
        """Has whoever draws the charts draw them anew."""
        self.run_id += 1

    def tick(self):
        """Trains for half a second of film, or less where that would take too long."""
        if not self.playing:
            return
        frames, end = [], time.perf_counter() + SECONDS_A_TICK
        while not frames or (len(frames) < FRAMES_A_TICK and time.perf_counter() < end):  # one, however late it is
            frames.append(self._advance(end))
            if self.problem.n_inputs == 1 or len(frames) % MAP_EVERY == 0:
                frames[-1] = self._sampler.with_output(frames[-1])
            self.recording.record_if_due()
            reason = self._finished()
            if reason is not None:
                self.playing, self.message = False, reason
                break
        self._show([*frames[:-1], self._sampler.with_output(frames[-1])])

    def _load(self, start):
        self.experiment, problem, trainer = start
        self.problem, self.trainer = problem, trainer
        self.playing = False
        self._stride = 1  # epochs between two looks at the clock; found while training
        self.recording = Recording(trainer)
        self.test_losses = LossOnTestSet(trainer.network, *problem.test_set, trainer.loss_function)
        self._sampler = FrameSampler(trainer, problem, self.test_losses)
        self.clock = Series()
        self.run_id += 1
        self._show([self._sampler.with_output()])

    def _retune(self):
        """Gives the optimizer the experiment's hyperparameters, or takes another one, which remembers nothing yet."""
        self.trainer.options = self.experiment.make_step_options()
        optimizer = self.experiment.make_optimizer()
        if type(optimizer) is type(self.trainer.optimizer):
            self.trainer.optimizer.configure(**optimizer.hyperparameters)
        else:
            self.trainer.optimizer = optimizer

    def _go_on(self):
        """Makes the moment that is looked at the present."""
        self.recording.branch()
        self.test_losses.truncate(self.trainer.epoch)
        self.clock.truncate(self.trainer.epoch)

    def _show(self, frames):
        self.frames = frames
        self.frame_version += 1

    def _advance(self, end):
        """Trains to the next frame: `speed` epochs, or as many as are done when the clock says `end`, one at least."""
        trainer, experiment = self.trainer, self.experiment
        epoch, loss = trainer.epoch, trainer.loss
        goal = min(epoch + experiment.speed, experiment.max_epochs)
        start = now = time.perf_counter()
        while trainer.epoch < goal and (now < end or trainer.epoch == epoch):
            done = trainer.train(min(goal - trainer.epoch, self._stride), stop_below=experiment.target_loss)
            if done == 0 or trainer.loss < experiment.target_loss:
                break
            before, now = now, time.perf_counter()
            self._stride = max(1, min(1000, int(done * SECONDS_A_LOOK / max(now - before, 1e-6))))
        self.clock.add(trainer.epoch, self.clock.last + time.perf_counter() - start)
        done = trainer.epoch - epoch
        return self._sampler.sample((trainer.loss - loss) / done if done else None)

    def _finished(self):
        return finished(self.trainer, self.experiment)
