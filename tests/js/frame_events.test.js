// How a board and its views meet, whichever is mounted first.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { joinBoard, Views } from "../../playground/components/shared/frame_events.js";

/** @type {object[]} */
let shown;

/** A view that notes what it is shown. */
function viewOf(run_id) {
  return { run_id, intervalMs: 100, drawnAt: 0, update: (frame) => shown.push(frame) };
}

beforeEach(() => {
  globalThis.document = new EventTarget();
  shown = [];
});

test("a view that is mounted after the board is shown the latest frame at once", () => {
  const views = new Views();
  views.frame = { run_id: 1, epoch: 5 };
  const view = viewOf(1);
  joinBoard(view);
  assert.deepEqual(views.ofRun(1), [view]);
  assert.deepEqual(shown, [views.frame]);
});

test("a view that is mounted before the board joins it when it opens", () => {
  const view = viewOf(1);
  joinBoard(view);
  assert.deepEqual(new Views().ofRun(1), [view]);
  assert.deepEqual(shown, []);
});

test("a view of another run is not shown this one", () => {
  const views = new Views();
  views.frame = { run_id: 1, epoch: 5 };
  joinBoard(viewOf(2));
  assert.deepEqual(shown, []);
  assert.deepEqual(views.ofRun(1), []);
});

test("a view that left is not drawn, and does not join another board", () => {
  const views = new Views();
  joinBoard(viewOf(1))();
  assert.deepEqual(views.ofRun(1), []);
  assert.deepEqual(new Views().ofRun(1), []);
});

test("a board that is closed takes no more views", () => {
  const views = new Views();
  views.close();
  joinBoard(viewOf(1));
  assert.deepEqual(views.ofRun(1), []);
});
