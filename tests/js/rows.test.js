// Rows of arrays, as NumPy lays them out, and curves up to an epoch.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, curveUpTo, largest, rowOf, rowsOf } from "../../playground/components/shared/rows.js";

test("a row is a view of the array, and null where there is none", () => {
  const array = Float64Array.of(1, 2, 3, 4, 5, 6);
  const row = rowOf(array, 1, 3);
  assert.deepEqual([...row], [3, 4]);
  assert.equal(row.buffer, array.buffer);
  assert.equal(rowOf(array, null, 3), null);
  assert.equal(rowOf(undefined, 1, 3), null);
});

test("all rows, in order", () => {
  assert.deepEqual(
    rowsOf(Float32Array.of(1, 2, 3, 4), 2).map((row) => [...row]),
    [
      [1, 2],
      [3, 4],
    ],
  );
});

test("rows that are missing are not counted", () => {
  assert.equal(countOf([null, 0, null, 1]), 2);
});

test("a curve ends in the present frame, and leaves out what lies beyond", () => {
  const [epochs, values] = [
    [0, 10, 20],
    [3, 2, 1],
  ];
  assert.deepEqual(curveUpTo(epochs, values, { epoch: 15, value: 1.5 }), { x: [0, 10, 15], y: [3, 2, 1.5] });
  assert.deepEqual(curveUpTo(epochs, values, { epoch: 10, value: 2 }), { x: [0, 10], y: [3, 2] });
  assert.deepEqual(curveUpTo(epochs, values, { epoch: 0, value: 3 }), { x: [0], y: [3] });
});

test("the largest magnitude", () => {
  assert.equal(largest([1, -5, 3]), 5);
  assert.equal(largest([], 0.1), 0.1);
});
