// The visitor's own points: a mouse takes hold of one at once, a finger by a long press, and scrolling changes nothing.

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { PointEditor } from "../../playground/components/board/point_editor.js";

const LAYOUT = {
  margin: { l: 0, r: 0, t: 0, b: 0 },
  xaxis: { range: [0, 10] },
  yaxis: { range: [0, 10] },
  width: 100,
  height: 100,
};

let changes;
let plot;
let chart;

/** An editor over a chart of 100 by 100 pixels, with a point at 20, 80 and one at 60, 40. */
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  changes = [];
  plot = { layout: LAYOUT, data: [{}, { x: [2, 6], y: [2, 6] }] };
  const classes = new Set();
  chart = Object.assign(new EventTarget(), {
    querySelector: () => plot,
    getBoundingClientRect: () => ({ left: 0, top: 0 }),
    setPointerCapture: () => {},
    removeAttribute: () => {},
    classList: {
      toggle: (name, isOn) => (isOn ? classes.add(name) : classes.delete(name)),
      add: (name) => classes.add(name),
      remove: (name) => classes.delete(name),
      contains: (name) => classes.has(name),
    },
  });
  const restyle = (_plot, { x, y }) => Object.assign(plot.data[1], { x: x[0], y: y[0] });
  Object.assign(globalThis, { window: { Plotly: { restyle } } });
  new PointEditor(chart, Object.assign(new EventTarget(), { value: "1" }), (from, to) =>
    changes.push([from, to]),
  ).enable(true, false);
});

function send(kind, [clientX, clientY] = [0, 0], options = {}) {
  const event = new Event(kind, { cancelable: true });
  Object.assign(event, {
    clientX,
    clientY,
    button: 0,
    pointerId: 1,
    isPrimary: true,
    pointerType: "touch",
    ...options,
  });
  chart.dispatchEvent(event);
  return event;
}

const mouse = { pointerType: "mouse" };

test("a mouse adds a point by a click, and moves one by a drag", () => {
  send("pointerdown", [50, 50], mouse);
  send("pointerup", [50, 50], mouse);
  send("pointerdown", [60, 40], mouse);
  send("pointermove", [70, 30], mouse);
  send("pointerup", [70, 30], mouse);
  assert.deepEqual(changes, [
    [null, [5, 5]],
    [
      [6, 6],
      [7, 7],
    ],
  ]);
});

test("a tap of a finger adds a point, and one on a point adds none", () => {
  send("pointerdown", [40, 60]);
  send("pointermove", [42, 61]); // a finger is never quite still
  send("pointerup", [42, 61]);
  assert.deepEqual(changes, [[null, [4.2, 3.9]]]);
  send("pointerdown", [61, 41]);
  send("pointerup", [61, 41]);
  assert.equal(changes.length, 1);
});

test("a finger that moves at once scrolls: nothing is held back from the browser, and no point changes", () => {
  send("pointerdown", [60, 40]);
  assert.ok(!send("touchmove").defaultPrevented);
  send("pointermove", [60, 60]);
  send("pointercancel");
  mock.timers.tick(1000);
  send("pointermove", [90, 90], mouse); // a mouse that comes by later
  assert.deepEqual(changes, []);
  assert.deepEqual(plot.data[1], { x: [2, 6], y: [2, 6] });
});

test("a long press takes hold of the nearest point, and the page stays while it is moved", () => {
  send("pointerdown", [65, 50]); // as near as a finger comes
  mock.timers.tick(500);
  assert.ok(chart.classList.contains("gripped"));
  assert.ok(send("touchmove").defaultPrevented);
  send("pointermove", [80, 20]);
  assert.deepEqual(plot.data[1], { x: [2, 8], y: [2, 8] });
  send("pointerup", [80, 20]);
  assert.deepEqual(changes, [
    [
      [6, 6],
      [8, 8],
    ],
  ]);
  assert.ok(!chart.classList.contains("gripped"));
});

test("what is taken hold of and moved goes back when the browser takes the finger away", () => {
  send("pointerdown", [60, 40]);
  mock.timers.tick(500);
  send("pointermove", [80, 20]);
  send("pointercancel");
  assert.deepEqual(plot.data[1], { x: [2, 6], y: [2, 6] });
  send("pointerup", [80, 20]);
  assert.deepEqual(changes, []);
});

test("two fingers change nothing, whichever of them goes first", () => {
  send("pointerdown", [40, 60]);
  send("pointerdown", [50, 60], { pointerId: 2, isPrimary: false });
  send("pointerup", [50, 60], { pointerId: 2, isPrimary: false });
  send("pointerup", [40, 60]);
  assert.deepEqual(changes, []);
});

test("a point that is dragged off the chart is removed", () => {
  send("pointerdown", [60, 40]);
  mock.timers.tick(500);
  send("pointermove", [60, 140]);
  send("pointerup", [60, 140]);
  assert.deepEqual(changes, [[[6, 6], null]]);
});
