// The table of measures: what has no value is said in words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords } from "../../playground/components/measures/measures.js";

test("a value has four digits, or is a percentage", () => {
  assert.equal(inWords(-0.123456, false, ""), "−0.1235");
  assert.equal(inWords(0.98765, true, ""), "98.8 %");
});

test("what has no value is said in words", () => {
  assert.equal(inWords(Number.NaN, false, "all y are equal"), "all y are equal");
  assert.equal(inWords(Number.NEGATIVE_INFINITY, false, "all y are equal"), "not finite");
});
