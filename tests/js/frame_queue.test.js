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

/** A queue that knows how long its last answers took. */
function queueAfter(...waits) {
  const queue = new FrameQueue();
  for (const wait of waits) queue.answerTime.note(wait);
  return queue;
}

test("of a server that nothing is known of more is asked at once, and once", () => {
  const queue = new FrameQueue();
  queue.put([...Array(30).keys()], { after: -1, now: 1000 });
  assert.ok(queue.needsMore(1000));
  queue.markAsked(1000);
  assert.ok(!queue.needsMore(1100));
});

for (const [wait, least, most] of [
  [20, 200, 240],
  [400, 500, 600],
  [900, 1000, 1100],
]) {
  test(`where an answer takes ${wait} ms, more is asked for when a little more than that is left`, () => {
    const queue = queueAfter(wait, wait);
    queue.put([...Array(90).keys()], { after: -1, now: 1000, isAnswer: false });
    assert.ok(!queue.needsMore(1000));
    while (queue.frames.length * FRAME_MS > most) queue.frames.pop();
    assert.ok(queue.frames.length * FRAME_MS > least);
    assert.ok(queue.needsMore(1000) || queue.frames.length * FRAME_MS > queue.reserveMs);
    while (queue.frames.length * FRAME_MS > least) queue.frames.pop();
    assert.ok(queue.needsMore(1000));
  });
}

test("one answer that was late changes nothing, two do", () => {
  const queue = queueAfter(100, 100, 100, 2000);
  assert.equal(queue.reserveMs, queueAfter(100, 100).reserveMs);
  queue.answerTime.note(2000);
  assert.ok(queue.reserveMs > 2000);
  for (let i = 0; i < 5; i++) queue.answerTime.note(100);
  assert.equal(queue.reserveMs, queueAfter(100, 100).reserveMs);
});

test("where an answer takes long, more film is asked for, within bounds", () => {
  assert.equal(queueAfter(60, 60).wanted, 30);
  assert.ok(queueAfter(700, 700).wanted * FRAME_MS > 700);
  assert.equal(queueAfter(60_000, 60_000).wanted, 90);
});

test("only the answer to a request says how long one takes", () => {
  const queue = new FrameQueue();
  queue.markAsked(1000);
  queue.put([1], { after: null, now: 1010, isAnswer: false });
  assert.equal(queue.answerTime.expectedMs, null);
  queue.put([2], { after: 1, now: 1300, isAnswer: true });
  assert.equal(queue.answerTime.expectedMs, 300);
});

/** The longest time without a new frame in ten seconds, with a server whose answers arrive after a time by chance. */
function longestStall(roundTripMs, msPerFrame, jitterMs = 0) {
  const queue = new FrameQueue();
  let [now, epoch, answer, changed, longest, random] = [0, 0, null, 0, 0, 1];
  const film = (count) => Array.from({ length: count }, () => ({ epoch: ++epoch }));
  queue.put(film(30), { after: 0, now, isAnswer: false });
  for (; now < 10_000; now += FRAME_MS) {
    if (answer && now >= answer.at) {
      queue.put(answer.frames, { after: answer.frames[0].epoch - 1, now });
      answer = null;
    }
    if (queue.takeDue(now, () => {})) changed = now;
    longest = Math.max(longest, now - changed);
    if (queue.needsMore(now)) {
      queue.markAsked(now);
      random = (random * 16807) % 2147483647;
      const frames = film(queue.wanted);
      answer = { frames, at: now + roundTripMs + frames.length * msPerFrame + (random / 2147483647) * jitterMs };
    }
  }
  return longest;
}

test("through any line that carries the film it never stands still", () => {
  assert.ok(longestStall(10, 1) < 60);
  assert.ok(longestStall(340, 2, 60) < 60); // 300 ms and 4 Mbit/s
  assert.ok(longestStall(100, 8, 80) < 60); // half of what the line carries
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
