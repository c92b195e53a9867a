"""The player: trains an experiment frame by frame, in bounded time. It knows nothing of the page or its charts."""

import math

from playground.experiment import Experiment, Start
from playground.player.editing import set_parameter
from playground.player.film import Film
from playground.player.following import check_units, configure, follow
from playground.player.frame_sampler import Frame, FrameSampler, Look
from playground.player.loss_on_test_set import LossOnTestSet
from playground.player.messages import RESTARTED, Message, finished
from playground.player.pacing import FILM_LENGTHS, FRAMES_PER_TICK, SECONDS_PER_FRAME, SECONDS_PER_TICK, Pacer
from playground.player.past import SavedRun
from playground.player.recording import Recording
from playground.player.series import Series
from playground.player.turn import TURNS, computing_time
from playground.units_off import written_units

OUTPUT_EVERY = 2  # frames, for a problem with two inputs: its map is drawn thirty times a second
SEEDS = 10_000


class Player:
    """Plays an experiment.

    Args:
        start: the start of an experiment, or the experiment itself.

    Attributes:
        experiment, problem, trainer: what is played, its data and its training.
        recording: the checkpoints and edits of the run.
        test_losses: the test losses so far.
        clock: the seconds that training has taken, by epoch.
        film: the frames of a running training, some of which may not be on screen yet.
        playing: whether ticks train.
        frames: the result of the last advance, oldest first; at least one, the present.
        continues_from: the epoch after which the frames continue the film; None where they begin a new one.
        run_id: rises with every start from epoch 0, and whenever the charts are to be drawn anew.
        frame_version: rises whenever there are new frames to show.
        message: to the visitor about the run, or None.
        grid: (inputs, n), the inputs at which the output of a frame is evaluated.
        look: looks at each frame of a running training, while the trainer is there.
    """

    experiment: Experiment
    playing: bool
    message: Message | None

    def __init__(self, start: Start | Experiment) -> None:
        self.run_id = self.frame_version = 0
        self.look: Look = lambda place: None
        self._load(start if isinstance(start, Start) else start.start())

    def change(self, experiment: Experiment, on_screen: int | None = None) -> None:
        """Continues with another experiment; restarts at epoch 0 if it has another network or other data.

        A running training goes on, from the epoch `on_screen` if it is one of the film: what was not seen is replaced.

        Raises:
            ValueError: if the experiment cannot start; nothing is changed then.
        """
        before = self.experiment
        if experiment == before:
            return
        if experiment.restarts_from(before):
            trained, playing = self.trainer.epoch > 0, self.playing
            self._load(experiment.start())
            self.playing, self.message = playing, RESTARTED if trained else None
            return
        goes_on = self.playing or self.message is not None  # it may have ended in what was not seen yet
        is_back = self._go_back(on_screen)
        check_units(self.trainer, experiment)
        self.experiment = experiment
        self._follow(before)
        if not self.playing and not experiment.trains_like(before):  # gradient and objective are others now
            self._show([self._sampler.with_output(self._sampler.sample(self.frames[-1].change))])
        self.message = self._finished()
        if is_back and goes_on:
            self.playing = True
            self.tick()

    def open(self, saved: SavedRun) -> None:
        """Continues a saved run, paused where it was saved. Its earlier moments are computed when they are wanted."""
        self._load(saved.experiment.start())
        self.recording.open(saved)
        self._pause_at(self._sampler.with_output())
        self.test_losses.load(saved.test_losses)
        self.recording.find_lowest(self.test_losses.measurements)
        self.clock.load(saved.clock)

    def go_to(self, epoch: int) -> None:
        """Goes to the recorded checkpoint of an epoch, its units off, and pauses. Later ones stay until it trains on.

        Raises:
            ValueError: if no checkpoint was recorded at this epoch.
        """
        self.recording.go_to(epoch)
        self.experiment = self.experiment.changed(off=written_units(self.trainer.network.off))
        configure(self.trainer, self.experiment)
        self._pause_at(self._sampler.with_output())

    def set_parameter(self, index: int, value: float) -> None:
        """Sets one of the flat parameters by hand and pauses. What was recorded of later epochs is dropped.

        Raises:
            ValueError: if the loss would not be finite; nothing is changed then.
        """
        trainer = self.trainer
        before, repeats = float(trainer.network.parameters[index]), trainer.epoch > 0 or not trainer.diverged
        self._put(index, value)
        self.recording.note_edit(index, before, repeats)

    def undo(self) -> None:
        """Undoes the last edit by hand, unless training has continued since."""
        if self.recording.can_undo:
            edit = self.recording.edits.pop()
            self._put(edit.parameter_index, edit.before)

    def play(self, epoch: int | None = None) -> None:
        """Starts or continues training; if there is nothing left to train, says why. `epoch` as in `pause`."""
        self._go_back(epoch)
        self.message = self._finished()
        if self.message is None:
            self._branch()
            self.playing = True
            self.tick()

    def pause(self, epoch: int | None = None) -> None:
        """Pauses training; where `epoch` is one of the film, there, as if it had not been trained any further."""
        self._go_back(epoch)
        self._pause_at(self.frames[-1])

    def train_one_frame(self, epoch: int | None = None) -> None:
        """Trains to the next frame, then pauses. `epoch` as in `pause`."""
        if self._go_back(epoch):
            self._pause_at(self.frames[-1])
        self.playing, self.message = False, self._finished()
        if self.message is None:
            self._branch()
            with TURNS.one():
                frame = self._advance(computing_time() + SECONDS_PER_FRAME)
            self.recording.record_if_due()
            self._pause_at(self._sampler.with_output(frame))

    def reset(self) -> None:
        """Goes back to the same start, and forgets the run."""
        self._load(self.experiment.start())

    def new_start(self) -> Experiment:
        """Starts again with other initial weights: the next seed. Returns the experiment that has it."""
        self._load(self.experiment.changed(seed=(self.experiment.seed + 1) % SEEDS).start())
        return self.experiment

    def invalidate_charts(self) -> None:
        """Has the charts drawn anew, as for another run: whoever draws them knows them by `run_id`."""
        self.run_id += 1

    def tick(self, count: int | None = None) -> None:
        """Trains `count` frames or half a second's, while playing; fewer where that takes long, more if others wait."""
        if not self.playing:
            return
        with TURNS.one():
            count = FILM_LENGTHS.next(count, TURNS.crowd)
            end = computing_time() + SECONDS_PER_TICK * max(1, count / FRAMES_PER_TICK)
            start, frames = self.frames[-1], list[Frame]()
            self.film.begin_scene(self.experiment, start)
            while not frames or (len(frames) < count and computing_time() < end):  # one, however late it is
                frame = self._advance(end)._replace(seen=self.look(len(frames)))
                if self.problem.n_inputs == 1 or (len(frames) + 1) % OUTPUT_EVERY == 0:
                    frame = self._sampler.with_output(frame)
                frames.append(frame)
                self.film.add(frame)
                self.recording.record_if_due()
                if (reason := self._finished()) is not None:
                    self.playing, self.message = False, reason
                    break
        self._show([*frames[:-1], self._sampler.with_output(frames[-1])], start.epoch)

    def _load(self, start: Start) -> None:
        """Takes up an experiment at epoch 0, paused."""
        self.experiment, self.problem, self.trainer = start.experiment, start.problem, start.trainer
        self.playing, self.message, self._pacer = False, None, Pacer()
        self.recording = Recording(self.trainer)
        self.trainer.stopping.on_lower = self.recording.note_test_loss
        self.test_losses = LossOnTestSet(self.trainer.network, *self.problem.test_set, self.trainer.loss_function)
        self._sampler = FrameSampler(self.trainer, self.problem, self.test_losses, self.recording)
        self.grid, self.clock = self._sampler.grid, Series()
        self.film = Film(self.trainer, self.recording, self.test_losses, self.clock)
        self.run_id += 1
        self._show([self._sampler.with_output()])

    def _follow(self, before: Experiment) -> None:
        """Has the next step follow the experiment, where that trains otherwise than `before` did so far."""
        self.trainer.stopping.patience = self.experiment.make_patience()
        if not self.experiment.trains_like(before):
            if self.experiment.off != before.off:
                self.test_losses.truncate(self.trainer.epoch - 1)  # that of this epoch has changed
                self._branch(before)
            self.recording.note_change(before, self.experiment)
            follow(self.trainer, self.experiment, before)
            self._pacer.reset()  # an epoch may now take another time
            if self.recording.at_present:
                self.recording.record()  # what follows depends on the new settings

    def _go_back(self, epoch: int | None) -> bool:
        """Takes the run back to a frame of the film, and returns whether there is such a frame."""
        if epoch == self.trainer.epoch or epoch not in self.film.epochs:
            return False
        before, change = self.film.go_back(epoch)
        self._follow(before)
        self.frames = [self._sampler.with_output(self._sampler.sample(change))]
        return True

    def _put(self, index: int, value: float) -> None:
        if set_parameter(self.trainer, self.experiment, index, value):
            self.recording.note_going_on(self.experiment)
        self.test_losses.truncate(self.trainer.epoch - 1)  # that of this epoch has changed
        self._branch()
        self.recording.record()
        self._pause_at(self._sampler.with_output(self._sampler.sample(math.nan)))

    def _branch(self, experiment: Experiment | None = None) -> None:
        """Makes the checkpoint that is shown the present, and drops what came after it."""
        self.recording.branch(experiment or self.experiment)
        self.test_losses.truncate(self.trainer.epoch)
        self.recording.find_lowest(self.test_losses.measurements)
        self.clock.truncate(self.trainer.epoch)

    def _pause_at(self, frame: Frame) -> None:
        """Pauses, shows a frame, and says why the run is finished if it is."""
        self.playing, self.message = False, self._finished()
        self.film.clear()
        self._show([frame])

    def _show(self, frames: list[Frame], continues_from: int | None = None) -> None:
        self.frames, self.continues_from = frames, continues_from
        self.frame_version += 1

    def _advance(self, end: float) -> Frame:
        """Trains to the next frame: `speed` epochs, or fewer when the clock says `end`, but at least one."""
        trainer, experiment, epoch, loss = self.trainer, self.experiment, self.trainer.epoch, self.trainer.loss
        goal = min(epoch + experiment.speed, experiment.max_epochs)
        seconds = self._pacer.train(trainer, goal, end=end, stop_below=experiment.target_loss)
        self.clock.add(trainer.epoch, self.clock.last + seconds)
        done = trainer.epoch - epoch
        return self._sampler.sample((trainer.loss - loss) / done if done else None)

    def _finished(self) -> Message | None:
        return finished(self.trainer, self.experiment)
