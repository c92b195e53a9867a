// Numbers as text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { atEpoch, fewDigits, rounded, roundUp, short, signed } from "../../playground/components/shared/format.js";

test("an exponent has a true minus sign and no plus", () => {
  assert.equal(short(1e-9), "1e−9");
  assert.equal(short(1e21), "1e21");
  assert.equal(short("2.5e+6"), "2.5e6");
  assert.equal(short(0.5), "0.5");
});

test("few digits fit into a tile", () => {
  assert.equal(fewDigits(null), "–");
  assert.equal(fewDigits(0), "0.000");
  assert.equal(fewDigits(0.123456), "0.1235");
  assert.equal(fewDigits(0.0000123456), "1.235e−5");
  assert.equal(fewDigits(123456), "1.235e5");
  for (let exponent = -99; exponent < 100; exponent++) assert.ok(fewDigits(1.23456 * 10 ** exponent).length <= 9);
});

test("a change has a sign, and a dash while it is unknown", () => {
  assert.equal(signed(Number.NaN), "–");
  assert.equal(signed(0), "0");
  assert.equal(signed(-0.00123), "−1.23e−3");
  assert.equal(signed(1234), "+1.23e3");
});

test("a number is rounded to its first digits, with a true minus sign", () => {
  assert.equal(rounded(-1.23456, 3), "−1.23");
  assert.equal(rounded(1200, 3), "1200");
  assert.equal(rounded(-1.5e-9, 3), "−1.5e−9");
});

test("a limit is rounded up to 1, 2, 5, 10, 20, …", () => {
  const cases = [
    [0.001, 0.001],
    [0.3, 0.5],
    [1, 1],
    [1.0001, 2],
    [2.1, 5],
    [5.1, 10],
    [7e9, 1e10],
    [0, 0],
    [-3, 0],
    [Number.NaN, 0],
  ];
  for (const [value, limit] of cases) assert.equal(Number(roundUp(value).toPrecision(12)), limit);
  for (let value = 1e-12; value < 1e12; value *= 1.7) {
    assert.ok(roundUp(value) >= value * (1 - 1e-12));
    assert.ok(roundUp(value) < 2.5 * value * (1 + 1e-12));
  }
});

test("an epoch is grouped by thousands", () => {
  assert.equal(atEpoch(1234567), "at epoch 1,234,567");
});
