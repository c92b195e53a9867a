// A loss of 0 on a logarithmic axis.

import assert from "node:assert/strict";
import { test } from "node:test";
import { floored, floorOf } from "../../playground/components/shared/rows.js";

test("the floor is the tick of 0, if there is one", () => {
  assert.equal(floorOf({ tickvals: [1e-9, 0.1, 1], ticktext: ["0", "0.1", "1"] }), 1e-9);
  assert.equal(floorOf({ tickvals: [0.1, 1], ticktext: ["0.1", "1"] }), 0);
});

test("a curve lies on the floor where it is 0, and keeps its own numbers", () => {
  const curve = { x: [0, 1, 2], y: [0.5, 0, null] };
  assert.deepEqual(floored(curve, 1e-9), { x: curve.x, y: [0.5, 1e-9, null], customdata: curve.y });
  assert.deepEqual(floored(curve, 0), curve);
});
