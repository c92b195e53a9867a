// The frames of a race: each gets what of the arrays belongs to it, per contestant.

import assert from "node:assert/strict";
import { test } from "node:test";
import { framesOfRace } from "../../playground/components/race/frames.js";

const HEADER = { names: ["A", "B"], output_rows: [null, 0, 1] };
const ARRAYS = { epochs: Float64Array.of(0, 5, 10), losses: Float64Array.of(1, 2, 3, 4, 5, 6) };

test("each contestant has a loss in every frame, and a curve in some", () => {
  const outputs = Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const frames = framesOfRace({ ...HEADER, arrays: { ...ARRAYS, outputs } });
  assert.deepEqual(
    frames.map(({ epoch, losses }) => [epoch, ...losses]),
    [
      [0, 1, 2],
      [5, 3, 4],
      [10, 5, 6],
    ],
  );
  assert.equal(frames[0].outputs, null);
  assert.deepEqual(
    frames[2].outputs.map((row) => [...row]),
    [
      [5, 6],
      [7, 8],
    ],
  );
  assert.equal(frames[2].shades, null);
});

test("on a plane each contestant has a map and an accuracy", () => {
  const arrays = { ...ARRAYS, shades: Float32Array.of(1, 2, 3, 4), accuracies: Float64Array.of(0.1, 0.2, 0.3, 0.4) };
  const frames = framesOfRace({ ...HEADER, arrays });
  assert.deepEqual(
    frames[1].shades.map((row) => [...row]),
    [[1], [2]],
  );
  assert.deepEqual(frames[2].accuracies, [0.3, 0.4]);
  assert.equal(frames[0].accuracies, null);
});
