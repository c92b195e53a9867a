// The figure of a chart that stands still, put together from its arrays and one palette's figure.

import assert from "node:assert/strict";
import { test } from "node:test";
import { figureOf } from "../../playground/components/still/packed_figure.js";

const arrays = { 0: { dtype: "f8", bdata: "AAAAAAAA8D8=", shape: "1" } };
const line = (/** @type {string} */ color) => ({ type: "scatter", line: { color }, arrays: { x: "0", y: "0" } });
const figures = {
  light: { data: [line("black")], layout: { height: 1 } },
  dark: { data: [line("white")], layout: { height: 1 } },
};

test("a figure has the arrays that it names, and the colours of its theme", () => {
  for (const [theme, color] of [
    ["light", "black"],
    ["dark", "white"],
  ]) {
    assert.deepEqual(figureOf({ arrays, figures }, theme), {
      data: [{ type: "scatter", line: { color }, x: arrays[0], y: arrays[0] }],
      layout: { height: 1 },
    });
  }
  assert.ok("arrays" in figures.light.data[0]); // for the next theme
});
