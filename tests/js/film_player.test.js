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
    super({ dataset: {}, classList: { toggle() {} }, querySelectorAll: () => [] }, (name, { run_id }) =>
      this.notes.push(`${name} ${run_id}`),
    );
    this.notes = [];
  }

  takeHistory = ({ isWhole }) => isWhole ?? true;
  framesOf = ({ frames }) => frames;
  start = () => this.notes.push("start");
  draw = async () => this.notes.push(`draw ${this.theme}`);
  show = (frame) => this.notes.push(`show ${frame}`);
  drawStill = () => this.notes.push(`still ${this.shown}`);

  /** What was noted since the last time. */
  take() {
    return this.notes.splice(0);
  }
}

function answer(run_id, frame_version, frames, playing = true, figures = { light: {}, dark: {} }) {
  return { run_id, frame_version, frames, playing, figures };
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

test("a run is drawn, played, and drawn once more when it stands still", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [10, 20, 30], false));
  assert.deepEqual(player.take(), ["start", "draw light", "still 10"]);
  repaintFor(player, 10);
  assert.deepEqual(player.take(), ["show 10", "show 20", "show 30", "still 30"]);
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
  assert.deepEqual(player.take().slice(-2), ["show 3", "still 3"]);
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
  assert.deepEqual(player.queue.frames, [7]);
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
  assert.deepEqual(request, { run_id: 3, lineage: 5, until: 20 });
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

test("nothing is shown after it was closed", async () => {
  const player = new Notes();
  await player.receive(answer(1, 1, [1, 2]));
  player.take();
  player.close();
  repaintFor(player, 3);
  assert.deepEqual(player.take(), []);
});
