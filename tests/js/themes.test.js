// Charts in two themes: the dark ones are made of the light ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { changed, inTheme } from "../../playground/components/shared/themes.js";

const LIGHT = { data: [{ x: [1, 2], line: { color: "#000" } }, { y: null }], colors: ["#000", "#111"] };
const DARK = { data: { 0: { line: { color: "#fff" } } }, colors: ["#fff", "#eee"] };

test("the light one is what was sent", () => {
  assert.equal(inTheme({ light: LIGHT, dark: DARK }, "light"), LIGHT);
});

test("the dark one has the changes, and all else of the light one", () => {
  const before = structuredClone(LIGHT);
  assert.deepEqual(inTheme({ light: LIGHT, dark: DARK }, "dark"), {
    data: [{ x: [1, 2], line: { color: "#fff" } }, { y: null }],
    colors: ["#fff", "#eee"],
  });
  assert.deepEqual(LIGHT, before);
});

test("a value may become none", () => {
  assert.deepEqual(changed({ a: 1, b: 2 }, { a: null }), { a: null, b: 2 });
});
