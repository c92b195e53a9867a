// The loss chart: what it marks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lowestUpTo } from "../../playground/components/board/loss_chart.js";

const TESTS = { epochs: [0, 10, 20, 30, 40], rows: [[5, 3, 2, 4, 1]] };

test("the lowest test loss is marked once the curve has risen from it", () => {
  assert.deepEqual(lowestUpTo(30, TESTS, null), { x: [20], y: [2] });
  assert.deepEqual(lowestUpTo(20, TESTS, null), { x: [], y: [] });
});

test("the server knows of lower ones, which count where the film has come to them", () => {
  assert.deepEqual(lowestUpTo(30, TESTS, [15, 1.5]), { x: [15], y: [1.5] });
  assert.deepEqual(lowestUpTo(30, TESTS, [35, 0.5]), { x: [20], y: [2] });
});

test("without test points nothing is marked", () => {
  assert.deepEqual(lowestUpTo(30, { epochs: [], rows: [] }, null), { x: [], y: [] });
});
