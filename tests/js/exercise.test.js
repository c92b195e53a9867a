// The parts of an exercise's goal: their values in a frame, whether they hold, and how values are written.

import assert from "node:assert/strict";
import { test } from "node:test";
import { holds, isPast, valueIn, valueText } from "../../playground/components/exercise/conditions.js";

const frame = {
  epoch: 24,
  loss: 0.5,
  test_loss: null,
  confusion: Uint16Array.of(3, 1, 0, 4, 1, 1, 0, 0),
};

test("each comparison holds where the server's does, and never of an unknown value", () => {
  const held = (mark, value) => holds({ mark, bound: 1 }, value);
  assert.deepEqual(
    ["<", "<=", ">", ">=", "="].map((mark) => held(mark, 1)),
    [false, true, false, true, true],
  );
  assert.deepEqual(
    ["<", "<=", ">", ">=", "="].map((mark) => held(mark, 0)),
    [true, true, false, false, false],
  );
  assert.deepEqual(
    ["<", "<=", ">", ">=", "="].map((mark) => held(mark, null)),
    Array(5).fill(false),
  );
});

test("an epoch that is past comes no more in this run, and any other value may come again", () => {
  const past = (mark, value, name = "epoch") => isPast({ name, mark, bound: 600 }, value);
  assert.deepEqual(
    ["<", "<=", "=", ">", ">="].map((mark) => [599, 600, 601].map((epoch) => past(mark, epoch))),
    [
      [false, true, true],
      [false, false, true],
      [false, false, true],
      [false, false, false],
      [false, false, false],
    ],
  );
  assert.equal(past("<", null), false);
  assert.equal(past("<", 700, "loss"), false);
});

test("what moves is read from the frame, all else stays as the server said", () => {
  const value = (name) => valueIn(frame, { name, value: 7, places: [] });
  assert.deepEqual(["epoch", "loss", "test_loss", "accuracy", "test_accuracy", "units"].map(value), [
    24,
    0.5,
    null,
    7 / 8,
    0.5,
    7,
  ]);
  assert.equal(valueIn({ ...frame, confusion: null }, { name: "accuracy", value: 0.25, places: [] }), 0.25);
  assert.equal(
    valueIn({ ...frame, confusion: new Uint16Array(8) }, { name: "accuracy", value: 0.25, places: [] }),
    0.25,
  );
});

test("a measure is the lowest of its places in the frame's measures, and unknown where one is undefined", () => {
  const measures = [0.5, 0.25, 1, Number.NaN, Number.NEGATIVE_INFINITY];
  const value = (places) => valueIn({ ...frame, measures }, { name: "precision", value: 7, places });
  assert.deepEqual([[0, 1, 2], [2], [2, 3], [4]].map(value), [0.25, 1, null, null]);
  assert.equal(valueIn({ ...frame, measures: null }, { name: "r2", value: 0.75, places: [0] }), 0.75);
});

test("values are written as on the board", () => {
  assert.equal(valueText({ name: "loss", moves: true }, 0.0312499), "0.03125");
  assert.equal(valueText({ name: "epoch", moves: true }, 12000), "12,000");
  assert.equal(valueText({ name: "accuracy", moves: true }, 0.9714), "97.1 %");
  assert.equal(valueText({ name: "test_recall", moves: true }, 0.5), "50.0 %");
  assert.equal(valueText({ name: "r2", moves: true }, -1.25), "−1.250");
  assert.equal(valueText({ name: "learning_rate", moves: false }, 0.3), "0.3");
  assert.equal(valueText({ name: "diverged", moves: false }, 1), "yes");
  assert.equal(valueText({ name: "test_loss", moves: true }, null), "–");
});
