// The film player: it plays what the server sends, asks for more in time, and drops what is out of date.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FilmPlayer } from "../../playground/components/shared/film_player.js";
import { FRAME_MS } from "../../playground/components/shared/frame_queue.js";

let repaint; // what waits for the next repaint
let background;

beforeEach(() => {
  repaint = null;
  background = "#ffffff";
  Object.assign(globalThis, {
    window: { Plotly: {} },
    document: {
      querySelector: () => ({ dataset: { plotly: "loaded" } }),
      createElement: () => ({ getContext: () => ({ fillStyle: "" }) }),
    },
    ResizeObserver: class {
      observe() {}
      disconnect() {}
    },
    getComputedStyle: () => ({ getPropertyValue: () => background }),
    requestAnimationFrame: (callback) => {
      repaint = callback;
    },
  });
});

/** A player that notes what it does, over an element that is none. */
class Notes extends FilmPlayer {
  constructor() {
    super({ dataset: {}, classList: { add() {}, remove() {} }, querySelectorAll: () => [] }, (name, { run_id }) =>
      this.notes.push(`${name} ${run_id}`),
    );
    this.notes = [];
  }

  takeHistory = ({ isWhole }) => isWhole ?? true;
  framesOf = ({ frames }) => frames.map((epoch) => ({ epoch }));
  start = () => this.notes.push("start");
  draw = async () => this.notes.push(`draw ${this.theme}`);
  show = ({ epoch }) => this.notes.push(`show ${epoch}`);
  drawStopped = () => this.notes.push(`stopped ${this.shown?.epoch}`);
  drawStill = () => this.notes.push(`still ${this.shown?.epoch}`);

  /** What was noted since the last time. */
  take() {
    return this.notes.splice(0);
  }
}

function answer(run_id, frame_version, frames, playing = true, figures = { light: {}, dark: {} }) {
  return { run_id, frame_version, frames, playing, figures, continues_from: frames[0] - 1, answered: null };
}

/** A player whose film is at epoch 2 of 1 to 5. */
async function underWay() {
  const player = new Notes();
  await player.receive(answer(1, 1, [1, 2, 3, 4, 5]));
  repaintFor(player, 2);
  player.take();
  return player;
}

/** Repaints once, and lets what waits for that be done. */
async function painted(player) {
  repaintFor(player, 1);
  await new Promise((resolve) => setTimeout(resolve));
}

/** Repaints so often; from now on the clock is that of the repaints. */
function repaintFor(player, count) {
  const start = player.queue.shownAt;
  for (let i = 1; i <= count && repaint; i++) {
    const callback = repaint;
    repaint = null;
    callback(start + i * FRAME_MS);
  }
}

test("a run is drawn, played, and drawn once more when it stands still, which the server is told", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [10, 20, 30], false));
  assert.deepEqual(player.take(), ["start", "draw light", "still 10"]);
  repaintFor(player, 10);
  assert.deepEqual(player.take(), ["show 10", "show 20", "show 30", "still 30", "tick 1"]);
  assert.equal(repaint, null);
});

test("a run that plays asks for more frames when few are left, and goes on with the answer", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1, 2]));
  player.take();
  repaintFor(player, 2);
  assert.deepEqual(player.take(), ["show 1", "tick 1", "show 2"]);
  await player.receive(answer(1, 2, [3], false, null));
  repaintFor(player, 300); // the answer took its time, and so do its frames
  assert.deepEqual(player.take().slice(-3), ["show 3", "still 3", "tick 1"]);
});

test("the same frames are not played twice", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1]));
  await player.receive(answer(1, 1, [1]));
  assert.equal(player.queue.frames.length, 1);
});

test("what an answer leaves out is as it was", async () => {
  const player = new Notes();
  await player.receive({ ...answer(1, 1, [1]), layers: ["one"], rate: 0.1 });
  await player.receive({ ...answer(1, 2, [2], true, null), rate: 0.2 });
  assert.deepEqual([player.state.layers, player.state.rate], [["one"], 0.2]);
  assert.deepEqual(player.state.figures, { light: {}, dark: {} });
  await player.receive(answer(2, 1, [1]));
  assert.equal(player.state.layers, undefined);
});

test("another run begins at once, with what was queued of the last one forgotten", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1, 2, 3]));
  player.take();
  await player.receive(answer(2, 1, [7]));
  assert.deepEqual(player.take(), ["start", "draw light", "still 7"]);
  assert.deepEqual(player.queue.frames, [{ epoch: 7 }]);
});

test("charts are asked for when an answer has left them out", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1], true, null));
  assert.deepEqual(player.take(), ["tick null"]);
  assert.equal(player.answer, null);
});

test("all is asked for when an answer has left out what is not known", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1]));
  player.take();
  await player.receive({ ...answer(1, 2, [2]), isWhole: false });
  assert.deepEqual(player.take(), ["tick null"]);
  assert.equal(player.answer.frame_version, 1);
});

test("a request says which history is known", async () => {
  const player = new Notes();
  let request = null;
  player.send = (_, value) => (request = value);
  player.history.take({ lineage: 5, after: -1, until: 20, stride: 1 }, [new Float32Array(21)]);
  player.requestFrames(3);
  const { number, ...rest } = request;
  assert.deepEqual(rest, { run_id: 3, lineage: 5, until: 20, epoch: null, frames: 30, wait_ms: null });
  player.requestFrames(3);
  assert.ok(request.number > number);
});

test("another theme draws the charts anew and plays on", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1, 2]));
  player.take();
  background = "#101010";
  await player.receive(answer(1, 1, [1, 2]));
  assert.deepEqual(player.take(), ["draw dark", "still 1"]);
  assert.equal(player.queue.frames.length, 2);
});

test("a stop is at once, is sent with what is on screen, and nothing that was on its way is shown after it", async () => {
  const player = await underWay();
  let request = null;
  player.send = (name, value) => (request = { name, ...value });
  player.stopAndSend("pause");
  assert.deepEqual(player.take(), ["stopped 2"]);
  await painted(player);
  assert.deepEqual(player.take(), ["still 2"]);
  assert.deepEqual([request.name, request.run_id, request.epoch], ["pause", 1, 2]);
  await player.receive(answer(1, 2, [6, 7], true, null));
  repaintFor(player, 9);
  assert.deepEqual(player.take(), []);
  await player.receive({ ...answer(1, 3, [2], false, null), continues_from: null, answered: request.number });
  repaintFor(player, 9);
  assert.deepEqual(player.take(), ["show 2", "still 2"]);
  assert.equal(player.hold, null);
});

test("a film that is stopped and goes on at once is not drawn as if it stood still", async () => {
  const player = await underWay();
  player.freeze("pause");
  player.release();
  await player.receive(answer(1, 2, [6, 7], true, null));
  player.take();
  await painted(player);
  assert.ok(!player.take().some((note) => note.startsWith("still")));
});

test("a film stops at a frame that came with everything", async () => {
  const player = await underWay();
  player.isWhole = ({ epoch }) => epoch % 4 === 0;
  player.stopAndSend("step");
  assert.deepEqual(player.take(), ["stopped 4", "step 1"]);
});

test("a film that was stopped for another run waits for that", async () => {
  const player = await underWay();
  player.freeze("");
  await player.receive(answer(1, 2, [6, 7], true, null));
  await painted(player);
  assert.deepEqual(player.take(), ["stopped 2", "still 2"]);
  await player.receive(answer(2, 3, [0], false));
  assert.deepEqual(player.take(), ["start", "draw light", "still 0"]);
});

test("a stop that is not answered is given up: the film goes on with what came in the meantime", async (context) => {
  const player = await underWay();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  player.stopAndSend("pause");
  await player.receive(answer(1, 2, [6, 7], true, null));
  player.take();
  context.mock.timers.tick(10_000);
  await player.drawing;
  repaintFor(player, 3);
  assert.deepEqual(player.take(), ["show 6", "show 7"]);
});

test("a film that begins before what is on screen goes on from there", async () => {
  const player = await underWay();
  await player.receive(answer(1, 2, [1, 2, 3], true, null));
  assert.deepEqual(player.queue.frames, [{ epoch: 2 }, { epoch: 3 }]);
});

test("nothing is shown after it was closed", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1, 2]));
  player.take();
  player.close();
  repaintFor(player, 3);
  assert.deepEqual(player.take(), []);
});

test("charts that are sent again are drawn again only if they are others", async () => {
  const player = new Notes();
  const figures = (/** @type {number} */ y) => ({ light: { y }, dark: {} });
  await player.receive(answer(1, 1, [0], false, figures(1)));
  player.take();
  await player.receive(answer(1, 1, [0], false, figures(1)));
  assert.deepEqual(player.take(), []);
  await player.receive(answer(1, 1, [0], false, figures(2)));
  assert.deepEqual(player.take(), ["start", "draw light", "still 0"]);
});
