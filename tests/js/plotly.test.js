// Plotly is loaded once, however many charts ask for it and whenever they do.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { animate, loadPlotly, restyle, setAxes, setRange } from "../../playground/components/shared/plotly.js";

/** @type {EventTarget & {dataset: {[name: string]: string}, title: string, src: string, remove: () => void}} */
let script;

beforeEach(() => {
  script = Object.assign(new EventTarget(), { dataset: {}, title: "", src: "", remove: () => {} });
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

test("a script that never changes is loaded from its address, where the browser keeps what it compiled", async () => {
  document.querySelector = () => null;
  const loaded = loadPlotly("assets/plotly-1.js");
  assert.equal(script.src, "assets/plotly-1.js");
  Object.assign(window, { Plotly: "Plotly" });
  script.dispatchEvent(new Event("load"));
  assert.equal(await loaded, "Plotly");
});

test("a script that does not load goes, so that the next component tries again", async () => {
  document.querySelector = () => null;
  const loaded = loadPlotly("assets/plotly-1.js");
  let gone = false;
  script.remove = () => {
    gone = true;
  };
  script.dispatchEvent(new Event("error"));
  await assert.rejects(loaded, /Plotly's script did not come/);
  assert.ok(gone);
});

test("a script that comes and fails is no Plotly", async () => {
  document.querySelector = () => null;
  const loaded = loadPlotly("assets/plotly-1.js");
  script.dispatchEvent(new Event("load"));
  await assert.rejects(loaded, /error of its own/);
});

test("what is not drawn is not changed either", () => {
  const plot = /** @type {any} */ ({});
  Object.assign(window, { Plotly: undefined });
  animate(plot, [{ y: [1] }], [0]);
  restyle(plot, { y: [[1]] }, [0]);
  setAxes(plot, { "xaxis.range": [0, 1] });
  setRange(plot, [0, 1]);
});
