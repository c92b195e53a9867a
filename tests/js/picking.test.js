// A click on the fit picks an input; where it would put a point of one's own, only a click that was asked for does.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Picking } from "../../playground/components/network/picking.js";
import { LAYOUT } from "../support/fit_layout.js";

class FakeChart {
  constructor(isEditor) {
    this.classes = new Set(isEditor ? ["editable"] : []);
    this.classList = {
      contains: (name) => this.classes.has(name),
      toggle: (name, on) => (on ? this.classes.add(name) : this.classes.delete(name)),
    };
  }

  closest(selector) {
    // of the board: it is none of a plane
    return selector.includes("fit-chart") ? this : null;
  }

  querySelector() {
    return { layout: LAYOUT, data: [{}, { x: [2.5], y: [1.5] }] };
  }

  getBoundingClientRect() {
    return { left: 100, top: 50 };
  }
}

let picked;
let heard;

beforeEach(() => {
  [picked, heard] = [[], []];
  globalThis.window = { addEventListener: () => {} };
  globalThis.Element = FakeChart;
});

function on(chart) {
  globalThis.document = { querySelector: () => chart };
  return new Picking(
    (...each) => picked.push(each),
    () => {},
  );
}

/** Presses at a place of the chart and lets go at another. */
function press(picking, chart, [x, y], [toX, toY] = [x, y]) {
  const at = { pointerdown: [x, y], pointerup: [toX, toY], click: [toX, toY] };
  for (const [type, [left, top]] of Object.entries(at)) {
    let goesOn = true;
    const stopPropagation = () => {
      goesOn = false;
    };
    picking.hear({ type, target: chart, clientX: 100 + left, clientY: 50 + top, stopPropagation });
    if (goesOn) heard.push(type);
  }
}

test("a click picks the input there, and the chart hears it as well; a drag picks none", () => {
  const chart = new FakeChart(false);
  const picking = on(chart);
  press(picking, chart, [230, 110]);
  assert.deepEqual(picked, [[[0], false]]);
  assert.deepEqual(heard, ["pointerdown", "pointerup", "click"]);
  press(picking, chart, [230, 110], [250, 110]);
  assert.equal(picked.length, 1);
});

test("where a click puts points it picks nothing, until one click is asked for, which the chart does not hear", () => {
  const chart = new FakeChart(true);
  const picking = on(chart);
  press(picking, chart, [230, 110]);
  assert.deepEqual([picked.length, heard.length], [0, 3]);
  picking.arm(true);
  assert.ok(chart.classes.has("picking"));
  press(picking, chart, [230, 110]);
  assert.deepEqual(picked, [[[0], true]]);
  assert.equal(heard.length, 3);
  assert.ok(!chart.classes.has("picking"));
  press(picking, chart, [230, 110]); // and then it puts points again
  assert.deepEqual([picked.length, heard.length], [1, 6]);
});

test("near a point of one's own it is that example, since no other input has a target", () => {
  const chart = new FakeChart(true);
  const picking = on(chart);
  picking.arm(true);
  press(picking, chart, [332, 61]);
  assert.deepEqual(picked, [[{ example: 0 }, true]]);
});

test("an end outside of the axes picks nothing, and goes on waiting", () => {
  const chart = new FakeChart(true);
  const picking = on(chart);
  picking.arm(true);
  press(picking, chart, [5, 5]);
  assert.deepEqual([picked.length, picking.isArmed], [0, true]);
});
