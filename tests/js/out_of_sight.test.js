// The fit says in words where the network's output is when none of it can be seen, and nothing else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { outOfSight } from "../../playground/components/board/out_of_sight.js";

const LIMITS = [-2, 2];
const said = (...output) => outOfSight(Float64Array.from(output), LIMITS);

test("nothing is said of a curve of which a part is in sight, or crosses the chart", () => {
  for (const seen of [
    [0, 1],
    [5, 2],
    [Number.NaN, 1],
    [1e200, -1e200],
    [-9, 9],
    [Number.POSITIVE_INFINITY, 0],
  ]) {
    assert.equal(said(...seen), "", String(seen));
  }
});

test("a curve above or below is said to be there, and from which value on", () => {
  assert.equal(said(1.2e160, 3e161), "↑ network: above this chart, at least 1.2e160");
  assert.equal(said(2.5, Number.NaN, 7), "↑ network: above this chart, at least 2.5");
  assert.equal(said(-4e7, -3e7), "↓ network: below this chart, at most −3.0e7");
});

test("a curve with a gap at the chart itself is above and below it", () => {
  assert.equal(said(5, Number.NaN, -5), "network: above and below this chart");
  assert.equal(said(5, Number.NEGATIVE_INFINITY, -5), "network: above and below this chart");
});

test("where no output is finite there is no curve, and no map", () => {
  assert.match(said(Number.NaN, Number.POSITIVE_INFINITY), /no finite output, so no curve$/);
  const nowhere = Float32Array.of(Number.NaN, Number.NEGATIVE_INFINITY);
  assert.match(outOfSight(nowhere, null), /no finite output, so no map$/);
  assert.equal(outOfSight(Float32Array.of(1e30, Number.NaN), null), "");
});
