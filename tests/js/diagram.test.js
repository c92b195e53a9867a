// The network's diagram: where its parts stand, which of them the pointer is on, and what they are called.

import assert from "node:assert/strict";
import { test } from "node:test";
import { distanceToLine, isInside, partAt } from "../../playground/components/network/hit_testing.js";
import { layOut } from "../../playground/components/network/layout.js";
import { nameOf, roleOf } from "../../playground/components/network/parameters.js";

const DIAGRAM = {
  run_id: 1,
  columns: [
    { title: "Input", note: "", units: [0], folded: 0 },
    { title: "Layer 1", note: "3 Tanh", units: [0, 2], folded: 1 },
    { title: "Output", note: "1 Identity", units: [0], folded: 0 },
  ],
  inputs: ["x"],
  shapes: [
    [3, 2],
    [1, 4],
  ],
  off: [],
  selected: null,
  face: "weights",
  colors: {},
  description: "",
};

test("a parameter is named as in the posts, with what it connects", () => {
  assert.equal(nameOf([1, 2, 0], 2), "W1[2, 0]");
  assert.equal(nameOf([1, 2, 1], 2), "b1[2]");
  assert.equal(roleOf([1, 2, 0], DIAGRAM), "from x to unit 2 of layer 1");
  assert.equal(roleOf([2, 0, 1], DIAGRAM), "from unit 1 of layer 1 to the output");
  assert.equal(roleOf([2, 0, 3], DIAGRAM), "the bias of the output");
});

test("the layout has a part for each weight and bias that is drawn", () => {
  const { parts, inputs, columns } = layOut(DIAGRAM, 600);
  assert.deepEqual(
    parts.map(({ selection, index, ends }) => [...selection, ends ? "line" : "unit", index]),
    [
      [1, 0, 0, "line", 0],
      [1, 0, 1, "unit", 0],
      [1, 2, 0, "line", 1],
      [1, 2, 1, "unit", 1],
      [2, 0, 0, "line", 2],
      [2, 0, 2, "line", 3],
      [2, 0, 3, "unit", 2],
    ],
  );
  assert.deepEqual(
    inputs.map(({ text }) => text),
    ["x"],
  );
  assert.deepEqual(
    columns.map(({ fold }) => fold?.text ?? null),
    [null, "+ 1 more", null],
  );
});

test("lines run from the edge of one unit to the edge of the next", () => {
  const { parts } = layOut(DIAGRAM, 600);
  const [{ ends }, { box }] = parts;
  assert.equal(ends.x2, box.x);
  assert.equal(ends.y2, box.y + box.height / 2);
});

test("the distance to a line is that to its nearest point", () => {
  const ends = { x1: 0, y1: 0, x2: 10, y2: 0 };
  assert.equal(distanceToLine([5, 3], ends), 3);
  assert.equal(distanceToLine([13, 4], ends), 5);
  assert.equal(distanceToLine([-3, 4], ends), 5);
});

test("the edge of a box is inside it", () => {
  const box = { x: 0, y: 0, width: 4, height: 2 };
  assert.ok(isInside([4, 2], box));
  assert.ok(!isInside([4.1, 2], box));
});

test("the pointer is on a unit, or else on the nearest line within seven pixels", () => {
  const near = { ends: { x1: 0, y1: 0, x2: 100, y2: 0 } };
  const far = { ends: { x1: 0, y1: 10, x2: 100, y2: 10 } };
  const unit = { box: { x: 40, y: -5, width: 20, height: 10 } };
  assert.equal(partAt([far, near, unit], [50, 1]), unit);
  assert.equal(partAt([far, near, unit], [10, 4]), near);
  assert.equal(partAt([far, near, unit], [10, 6]), far);
  assert.equal(partAt([near], [10, 7]), null);
  assert.equal(partAt([], [0, 0]), null);
});
