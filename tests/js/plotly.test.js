// Plotly is loaded once, however many charts ask for it and whenever they do.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loadPlotly } from "../../playground/components/shared/plotly.js";

/** @type {EventTarget & {dataset: {[name: string]: string}, title: string, src: string}} */
let script;

beforeEach(() => {
  script = Object.assign(new EventTarget(), { dataset: {}, title: "", src: "" });
  const head = { append: () => {} };
  const document = { querySelector: () => script, createElement: () => script, head, baseURI: "http://here/" };
  Object.assign(globalThis, { document, window: {} });
});

test("what asks once more while Plotly's load event is under way gets Plotly too", async () => {
  const again = loadPlotly("plotly.js").then(() => loadPlotly("plotly.js"));
  Object.assign(window, { Plotly: "Plotly" });
  script.dispatchEvent(new Event("load"));
  script.addEventListener = () => assert.fail("the event has passed, and a listener would never be called");
  assert.equal(await again, "Plotly");
});
