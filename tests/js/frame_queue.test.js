// The frame queue: frames leave at the pace at which they are made, and more are asked for in time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAME_MS, FrameQueue } from "../../playground/components/shared/frame_queue.js";

/** The frames that are shown at each of so many repaints from a time on. */
function shownAt(queue, start, count, interval = FRAME_MS) {
  return Array.from({ length: count }, (_, i) => queue.takeDue(start + i * interval, () => {}));
}

test("one frame leaves per repaint, in order", () => {
  const queue = new FrameQueue();
  queue.shownAt = 1000 - FRAME_MS;
  queue.put([1, 2, 3], { after: 0, now: 1000 });
  assert.deepEqual(shownAt(queue, 1000, 5), [1, 2, 3, null, null]);
  assert.ok(queue.isEmpty);
});

test("on a faster display a frame stays for its time", () => {
  const queue = new FrameQueue();
  queue.shownAt = 1000 - FRAME_MS;
  queue.put([1, 2], { after: 0, now: 1000 });
  assert.deepEqual(shownAt(queue, 1000, 4, FRAME_MS / 2), [1, null, 2, null]);
});

test("on a slower display frames are passed over, and each is noticed", () => {
  const queue = new FrameQueue();
  const passed = [];
  queue.shownAt = 1000;
  queue.put([1, 2, 3, 4], { after: 0, now: 1000 });
  assert.equal(
    queue.takeDue(1000 + 2 * FRAME_MS, (frame) => passed.push(frame)),
    2,
  );
  assert.deepEqual(passed, [1, 2]);
});

test("a server that takes longer than the frames last slows them down", () => {
  const queue = new FrameQueue();
  queue.markAsked(1000);
  queue.put([...Array(10).keys()], { after: 0, now: 1500 });
  assert.equal(queue.paceMs, 50);
  queue.markAsked(2000);
  queue.put([...Array(10).keys()], { after: 0, now: 2010 });
  assert.equal(queue.paceMs, FRAME_MS); // and never faster than the display
});

test("frames that continue nothing replace what was queued and are due at once", () => {
  const queue = new FrameQueue();
  queue.shownAt = 1000;
  queue.put([1, 2, 3], { after: 0, now: 1000 });
  queue.put([9], { after: null, now: 1001 });
  assert.equal(
    queue.takeDue(1001, () => {}),
    9,
  );
  assert.ok(queue.isEmpty);
});

test("frames replace what was queued after the epoch that they continue from", () => {
  const queue = new FrameQueue();
  const at = (epoch) => ({ epoch });
  queue.put([10, 20, 30, 40].map(at), { after: 0, now: 1000 });
  queue.put([25, 35].map(at), { after: 20, now: 1001 });
  assert.deepEqual(queue.frames, [10, 20, 25, 35].map(at));
});

test("frames are taken up to the first that meets a condition", () => {
  const queue = new FrameQueue();
  const passed = [];
  queue.put([1, 2, 3, 4], { after: 0, now: 1000 });
  assert.equal(
    queue.takeFirst(
      (frame) => frame > 2,
      (frame) => passed.push(frame),
    ),
    3,
  );
  assert.deepEqual([passed, queue.frames], [[1, 2, 3], [4]]);
});

test("the last frames of a run that ended are played to the end", () => {
  const queue = new FrameQueue();
  queue.shownAt = 1000 - FRAME_MS;
  queue.put([1, 2], { after: 0, now: 1000 });
  assert.deepEqual(shownAt(queue, 1000, 2), [1, 2]);
});

test("after a page was hidden the frames go on one by one, without a rush", () => {
  const queue = new FrameQueue();
  queue.shownAt = 1000;
  queue.put([1, 2, 3], { after: 0, now: 1000 });
  assert.deepEqual(shownAt(queue, 60_000, 3), [1, 2, 3]);
});

test("more frames are asked for when less than a fifth of a second is left, and once", () => {
  const queue = new FrameQueue();
  assert.ok(queue.needsMore(1000));
  queue.put([...Array(30).keys()], { after: 0, now: 1000 });
  assert.ok(!queue.needsMore(1000)); // half a second of them
  queue.shownAt = 1000;
  shownAt(queue, 1000 + FRAME_MS, 20);
  assert.ok(queue.needsMore(1400));
  queue.markAsked(1400);
  assert.ok(!queue.needsMore(1500));
});

test("what was not answered is asked again after five seconds", () => {
  const queue = new FrameQueue();
  queue.markAsked(1000);
  assert.ok(!queue.needsMore(6000));
  assert.ok(queue.needsMore(6001));
});

test("a recording plays at its own pace, from now on", () => {
  const queue = new FrameQueue();
  queue.playRecording([1, 2, 3], { paceMs: 50, now: 1000 });
  assert.deepEqual(shownAt(queue, 1000, 7, 25), [null, null, 1, null, 2, null, 3]);
});
