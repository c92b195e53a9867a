// The charts of the layers: the moments that are kept, and the axis that holds them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axisOf, inWords, SHOWN, withMoment } from "../../playground/components/layers/quantities.js";

const at = (epoch) => ({ epoch, numbers: [epoch] });
const epochsOf = (moments) => moments.map(({ epoch }) => epoch);

test("a moment comes after the earlier ones, and what was known of later epochs goes", () => {
  assert.deepEqual(epochsOf(withMoment([at(0), at(10), at(20)], at(15))), [0, 10, 15]);
  assert.deepEqual(epochsOf(withMoment([], at(0))), [0]);
});

test("when there are many moments every second one goes, and the first and the last stay", () => {
  let moments = [];
  for (let epoch = 0; epoch < 5000; epoch += 1) moments = withMoment(moments, at(epoch));
  assert.ok(moments.length <= 400);
  assert.equal(moments[0].epoch, 0);
  assert.equal(moments.at(-1).epoch, 4999);
});

test("sizes lie between powers of ten, and a size of 0 has a place of its own", () => {
  const axis = axisOf([0.002, 30], "log");
  assert.deepEqual(axis.range, [-3.05, 2.05]);
  assert.deepEqual(axis.ticktext, ["0.001", "0.01", "0.1", "1", "10", "100"]);
  const withZero = axisOf([0.002, 30, 0], "log");
  assert.equal(withZero.ticktext[0], "0");
  assert.ok(withZero.floor < 0.001 && Math.log10(withZero.floor) >= withZero.range[0]);
  const none = axisOf([0, 0], "log");
  assert.ok(none.range.every(Number.isFinite));
});

test("sums and outputs lie around 0, and shares between 0 and 1", () => {
  assert.deepEqual(axisOf([-0.3, 1.7], "linear").range, [-0.5, 2]);
  assert.deepEqual(axisOf([], "linear").range, [-0, 1]);
  assert.deepEqual(axisOf([0.2], "share").range, [-0.03, 1.03]);
});

test("numbers are written in few digits, shares as percentages", () => {
  assert.equal(inWords(-0.012345, "linear"), "−0.0123");
  assert.equal(inWords(0.956, "share"), "96 %");
  assert.equal(inWords(Number.NaN, "log"), "not finite");
});

test("every quantity has one number, or two quartiles around a median", () => {
  for (const { names } of Object.values(SHOWN)) assert.ok([1, 3].includes(names.length));
});
