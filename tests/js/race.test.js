// What the table of a race says of a contestant: its place, and what has ended its training by the epoch on screen.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeInWords } from "../../playground/components/race/race.js";

test("a contestant has its place, until it diverges, and with where and why it stopped early", () => {
  const stopped = [1200, "for 50 epochs the test loss has not been lower"];
  assert.equal(placeInWords(2, 1300, null, null), "place 2");
  assert.equal(placeInWords(2, 40, 42, null), "place 2");
  assert.equal(placeInWords(2, 41, 42, null), "diverged at epoch 42");
  assert.equal(placeInWords(1, 1199, null, stopped), "place 1");
  assert.equal(
    placeInWords(1, 1200, null, stopped),
    "place 1, stopped at epoch 1,200: for 50 epochs the test loss has not been lower",
  );
});
