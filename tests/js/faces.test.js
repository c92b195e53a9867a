// What each face of the network's drawing shows of its numbers, and which input a click on the fit picks.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blocksOf,
  FACES,
  limitsOf,
  lineData,
  passingBlocks,
  restAfter,
  shareOf,
  shownAt,
  unitData,
} from "../../playground/components/network/faces.js";
import { scrollFor } from "../../playground/components/network/in_view.js";
import { hasUnlabelled, layOut } from "../../playground/components/network/layout.js";
import { inWords, placeAmong } from "../../playground/components/network/parameters.js";
import { exampleAt, inputAt, placeOf } from "../../playground/components/network/picking.js";
import { softmaxAt } from "../../playground/components/network/unit.js";
import { along } from "../../playground/components/shared/curves.js";
import { LAYOUT } from "../support/fit_layout.js";

/** A network without a hidden layer: two inputs, one output. */
const SMALLEST = {
  columns: [
    { title: "Input", note: "", units: [0, 1], folded: 0 },
    { title: "Output", note: "1 Identity", units: [0], folded: 0 },
  ],
  inputs: ["x₁", "x₂"],
  shapes: [[1, 3]],
  off: [],
  selected: null,
  face: "forward",
};

test("a row of numbers is cut into its blocks, and what is unknown is no number", () => {
  const blocks = blocksOf([["z", 2], ["a", 1]], [1, null, 0.1]); // biome-ignore format: a table
  assert.deepEqual(Object.keys(blocks), ["z", "a"]);
  assert.deepEqual([...blocks.z], [1, Number.NaN]);
  assert.deepEqual([...blocks.a], [0.1]);
  assert.equal(blocksOf([["z", 2]], [1, 2, 3]), null); // of another face, on its way
});

test("a passing frame has its numbers, those that stay, and what a step makes of each parameter", () => {
  const passing = [["b", 1], ["w", 2], ["b_change", 1], ["w_change", 2]]; // biome-ignore format: a table
  const blocks = passingBlocks({ passing, staying: { inputs: [0.5, null] } }, [1, 2, 3, -0.25, 0.5, 2 ** -40]);
  assert.deepEqual([...blocks.b_after], [0.75]);
  assert.deepEqual([...blocks.w_after], [2.5, 3 + 2 ** -40]);
  assert.deepEqual(blocks.inputs, [0.5, Number.NaN]);
  assert.equal(passingBlocks({ passing, staying: {} }, [1, 2]), null); // of another face, on its way
});

test("pictures that are painted slowly leave half of the time to the fit, and others take none", () => {
  assert.deepEqual([5, 17, 34].map(restAfter), [0, 0, 0]);
  assert.equal(restAfter(60), 120);
  assert.equal(restAfter(60_000), 500); // after a while out of sight
});

test("attributes have every digit, and only what the face has", () => {
  const blocks = { b: [0.1], z: [0.1 + 0.2], a: [1 / 3], b_after: [2], w: [1e-300], dw: [-0] };
  assert.deepEqual(unitData(blocks, 0).map(([name, value]) => [name, String(value)]), [
    ["data-b", "0.1"],
    ["data-z", "0.30000000000000004"],
    ["data-a", "0.3333333333333333"],
    ["data-b-after", "2"],
  ]); // biome-ignore format: a table
  assert.deepEqual(lineData(blocks, 0), [
    ["data-w", 1e-300],
    ["data-dw", -0],
  ]);
});

test("the scale is round, of each layer or of all, and unknown numbers do not count", () => {
  const blocks = { w: [0.3, Number.NaN, -4, 3] };
  assert.deepEqual(limitsOf(blocks, ["w"], [0, 0, 1, 1], false), [0.5, 0.5, 5, 5]);
  assert.deepEqual(limitsOf(blocks, ["w"], [0, 0, 1, 1], true), [5, 5, 5, 5]);
  assert.equal(shareOf(-4, 5), -0.8);
  assert.equal(shareOf(Number.NaN, 5), 0);
  assert.equal(shareOf(0, 0), 0);
});

test("the step shows the change", () => {
  const blocks = { w: [1], w_after: [0.75] };
  assert.equal(shownAt(blocks, FACES.step.size, 0), -0.25);
});

test("a network without a hidden layer is drawn, with the target beside its output and a number on every line", () => {
  const { parts, width } = layOut(SMALLEST, 600);
  assert.deepEqual(
    parts.map(({ selection, index, label }) => [...selection, index, Boolean(label)]),
    [
      [1, 0, 0, 0, true],
      [1, 0, 1, 1, true],
      [1, 0, 2, 0, false],
    ],
  );
  const { box } = parts[2];
  assert.ok(box.x + box.width + 70 <= width);
});

test("where each of several units is joined with several, the selected unit's lines have numbers, and that is known", () => {
  const column = (title, units) => ({ title, note: "", units, folded: 0 });
  const wide = { ...SMALLEST, columns: [column("Input", [0, 1]), column("Output", [0, 1])] };
  Object.assign(wide, { shapes: [[2, 3]], selected: [1, 1, 0] }); // biome-ignore format: a table
  const lines = layOut(wide, 600).parts.filter(({ ends }) => ends);
  assert.deepEqual(
    lines.map(({ selection, label }) => [...selection, Boolean(label)]),
    [[1, 0, 0, false], [1, 0, 1, false], [1, 1, 0, true], [1, 1, 1, true]],
  ); // biome-ignore format: a table
  assert.deepEqual([hasUnlabelled(layOut(wide, 600)), hasUnlabelled(layOut(SMALLEST, 600))], [true, false]);
});

test("on a narrow page two numbers in a unit keep their room, and one does as before", () => {
  assert.equal(layOut({ ...SMALLEST, face: "weights" }, 200).width, 200);
  assert.ok(layOut({ ...SMALLEST, face: "backward" }, 200).width >= 300);
});

test("a unit and a line are described with what the face shows there", () => {
  const [line, , unit] = layOut(SMALLEST, 600).parts;
  const blocks = { b: [3], w: [1, 2], z: [4], a: [5], wa: [6, 7], kept: [0] };
  assert.equal(inWords(line, SMALLEST, blocks), "W1[0, 0] = 1, from x₁ to the output; w·a = 6");
  assert.equal(
    inWords(unit, SMALLEST, blocks),
    "b1[0] = 3, the bias of the output; Z = 4; A = 5; dropped in this step",
  );
  const off = /** @type {[number, number][]} */ ([[1, 0]]);
  assert.match(inWords(unit, { ...SMALLEST, off }, blocks), /; A = 5; switched off$/);
  assert.doesNotMatch(inWords(line, { ...SMALLEST, off }, blocks), /switched off/);
});

test("in words a number has six digits, and a weight that a face does not bring is that of the last parameters", () => {
  const [line, , unit] = layOut(SMALLEST, 600).parts;
  assert.match(inWords(line, SMALLEST, { w: [-0.30000000000000004, 2], wa: [1e-9, 7] }), /= −0.3, .* w·a = 1e−9$/);
  assert.equal(inWords(unit, SMALLEST, { z: [4] }, [1, 2, 3]), "b1[0] = 3, the bias of the output; Z = 4");
  assert.equal(inWords(unit, SMALLEST, { z: [4] }), "b1[0], the bias of the output; Z = 4");
  const shapes = [[3, 2], [2, 4]]; // biome-ignore format: a table
  assert.deepEqual([[1, 0, 0], [1, 2, 1], [2, 0, 0], [2, 1, 3]].map((each) => placeAmong(each, shapes)), [0, 5, 6, 13]); // biome-ignore format: a table
});

test("a curve is read between its points, and at its ends", () => {
  const [xs, ys] = [[0, 1, 3], [5, 7, 3]]; // biome-ignore format: a table
  assert.deepEqual([-1, 0, 0.5, 2, 3, 9].map((x) => along(xs, ys, x)), [5, 5, 6, 5, 3, 3]); // biome-ignore format: a table
});

test("a softmax at another Z of one unit is what it would be with the others as they are", () => {
  const others = [0.3, -1];
  const A = (z) => Math.exp(z) / [z, ...others].map(Math.exp).reduce((a, b) => a + b);
  for (const at of [-6, -0.5, 0, 2.5]) assert.ok(Math.abs(softmaxAt(at, 0.7, A(0.7)) - A(at)) < 1e-12);
  assert.deepEqual([softmaxAt(1, 900, 1), softmaxAt(1, -900, 0)], [1, 0]);
});

test("what was opened is scrolled to where it is all in the view, or else to its beginning", () => {
  const view = { top: 0, bottom: 900 };
  assert.equal(scrollFor(view, { top: 700, bottom: 1200 }), 312);
  assert.equal(scrollFor(view, { top: 700, bottom: 3000 }), 688);
  assert.equal(scrollFor(view, { top: 100, bottom: 800 }), 0);
  assert.equal(scrollFor(view, { top: -100, bottom: 300 }), -112);
});

test("where only points have a target, a click near one picks that example", () => {
  const points = { x: [0, 2.5, 2.6], y: [1, 1.5, 1.5] };
  assert.equal(exampleAt(LAYOUT, points, [329, 60]), 1);
  assert.equal(exampleAt(LAYOUT, points, [333, 60]), 2);
  assert.equal(exampleAt(LAYOUT, points, [230, 119]), null);
});

test("a click on the fit picks the input there, one on a plane both, outside of the axes none; it is marked there", () => {
  assert.deepEqual(inputAt(LAYOUT, [30, 100], false), [-5]);
  assert.deepEqual(inputAt(LAYOUT, [230, 110], false), [0]);
  assert.deepEqual(inputAt(LAYOUT, [330, 60], true), [2.5, 1.5]);
  assert.equal(inputAt(LAYOUT, [20, 100], false), null);
  assert.equal(inputAt(LAYOUT, [230, 220], false), null);
  assert.deepEqual(placeOf(LAYOUT, [2.5, 1.5]), [330, 60]);
  assert.deepEqual(placeOf(LAYOUT, [-5]), [30, 110]);
  assert.equal(placeOf(LAYOUT, [6]), null);
});
