// The board's frames: each gets what of the arrays belongs to it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { framesOf } from "../../playground/components/board/frames.js";

const STATE = {
  parameter_rows: [null, 0, null, 1],
  output_rows: [0, null, 1, 2],
  unit_rows: [null, null, null, 0],
  face_rows: [null, null, 0, null],
  face_key: 7,
  test_losses: [null, null, null, null],
  objectives: null,
  plane: null,
  arrays: {
    epochs: Float64Array.of(0, 10, 20, 30),
    losses: Float64Array.of(4, 3, 2, 1),
    changes: Float64Array.of(Number.NaN, -0.1, -0.1, -0.1),
    gradient_norms: Float64Array.of(8, 7, 6, 5),
    outputs: Float64Array.of(1, 2, 3, 4, 5, 6),
    parameters: Float64Array.of(1, 2, 3, 4, 5, 6),
    hidden: Float64Array.of(1, 2, 3, 4),
    unit_weights: Float64Array.of(2, -3),
    order: Float64Array.of(1, 0),
    biases: Float64Array.of(0.5),
  },
};

test("each frame has its numbers", () => {
  const frames = framesOf(STATE);
  assert.deepEqual(
    frames.map(({ epoch, loss, gradient_norm }) => [epoch, loss, gradient_norm]),
    [
      [0, 4, 8],
      [10, 3, 7],
      [20, 2, 6],
      [30, 1, 5],
    ],
  );
});

test("parameters, outputs and units belong to the frames that have a row", () => {
  const frames = framesOf(STATE);
  const lists = (name) => frames.map((frame) => frame[name] && [...frame[name]]);
  assert.deepEqual(lists("parameters"), [null, [1, 2, 3], null, [4, 5, 6]]);
  assert.deepEqual(lists("output"), [[1, 2], null, [3, 4], [5, 6]]);
  assert.deepEqual(lists("shades"), [null, null, null, null]);
  assert.deepEqual(
    frames.map(({ units }) => units?.bias),
    [undefined, undefined, undefined, 0.5],
  );
  const { hidden, weighted, order } = frames[3].units;
  assert.deepEqual(
    [hidden, weighted, order].map((array) => [...array]),
    [
      [1, 2, 3, 4],
      [2, 4, -9, -12],
      [1, 0],
    ],
  );
});

test("a plane has shades and confusions instead of a curve", () => {
  const arrays = { ...STATE.arrays, confusions: Float64Array.of(1, 2, 3) };
  const frames = framesOf({ ...STATE, arrays, plane: { cells: 1, classes: 2, limits: [0, 1] } });
  assert.deepEqual([...frames[3].shades], [5, 6]);
  assert.deepEqual([...frames[3].confusion], [3]);
  assert.equal(frames[3].output, null);
  assert.equal(frames[1].confusion, null);
});

test("the objective is there while something is penalised", () => {
  const frames = framesOf({ ...STATE, objectives: [5, null, 3, 2] });
  assert.deepEqual(
    frames.map(({ objective }) => objective),
    [5, null, 3, 2],
  );
  assert.equal(framesOf(STATE)[0].objective, null);
});

test("measures belong to the frames that have a row, and to none where they were not asked for", () => {
  const measured = { ...STATE, measure_rows: [null, 0, null, 1] };
  measured.arrays = { ...STATE.arrays, measures: Float64Array.of(0.5, 2, 0.75, 1) };
  const lists = (state) => framesOf(state).map(({ measures }) => measures && [...measures]);
  assert.deepEqual(lists(measured), [null, [0.5, 2], null, [0.75, 1]]);
  assert.deepEqual(lists(STATE), [null, null, null, null]);
});

test("the numbers of a face are in units of their blocks, and its sums belong to their frame", () => {
  const face = { face: Float32Array.of(3, 4, 5) };
  const lines = [[2, [1, 0, 1], "Z1[0] = 2"]];
  const scales = [[1, 2], [2, 0.5]]; // biome-ignore format: a table
  const state = { ...STATE, arrays: { ...STATE.arrays, ...face }, face_scales: scales, face_sums: lines };
  const frames = framesOf(state);
  assert.deepEqual(
    frames.map(({ face: each }) => each && [each.key, ...each.numbers]),
    [null, null, [7, 6, 2, 2.5], null],
  );
  const sums = { key: 7, parameter: "1,0,1", lines: "Z1[0] = 2" };
  assert.deepEqual(
    frames.map((frame) => frame.sums),
    [null, null, sums, null],
  );
});
