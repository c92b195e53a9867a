// A keeper of another version goes on in the same page with what the one before it had: nothing begins anew.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const PATH = "../../playground/components/keeper/keeper.js";
const KEEP = "playground:keep";
let versions = 0;
/** @type {any} */
let element;
/** @type {{[name: string]: any}} */
let tiles;
/** @type {Map<string, string>} */
let texts;

beforeEach(() => {
  delete (/** @type {any} */ (globalThis)[Symbol.for("playground.left")]);
  tiles = {};
  texts = new Map();
  element = { contains: (/** @type {any} */ other) => other === element };
  const storage = {
    getItem: (/** @type {string} */ name) => texts.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ text) => texts.set(name, text),
    removeItem: (/** @type {string} */ name) => texts.delete(name),
  };
  const document = Object.assign(new EventTarget(), {
    querySelector: (/** @type {string} */ name) => tiles[name] ?? null,
  });
  const window = Object.assign(new EventTarget(), {
    history: { pushState: () => {}, replaceState: () => {} },
    sessionStorage: storage,
    localStorage: storage,
  });
  Object.assign(globalThis, { document, window, BroadcastChannel: undefined });
  if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: {} }); // before Node 21
  performance.getEntriesByType = () => /** @type {any} */ ([{ type: "navigate" }]); // a link opened the page
});

/** A keeper of another version in the element; receive(visit) gives what it sends the server for that visit. */
async function nextVersion() {
  versions += 1;
  const { default: component } = await import(`${PATH}?${versions}`);
  /** @type {any[]} */
  const sent = [];
  const parentElement = { isConnected: true, querySelector: () => element };
  const setTriggerValue = (/** @type {string} */ name, /** @type {unknown} */ value) => sent.push([name, value]);
  return async (/** @type {number} */ visit) => {
    component({ data: { visit }, parentElement, setTriggerValue });
    await new Promise((resolve) => setTimeout(resolve, 20));
    return sent.splice(0).filter(([name]) => name === "kept");
  };
}

/** What comes with an answer to a visit. @param {number} visit @param {{[name: string]: string}} parts */
function keep(visit, parts) {
  const bytes = Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  const losses = { losses: [1], objectives: undefined, tested_epochs: [], tested_losses: [] };
  document.dispatchEvent(new CustomEvent(KEEP, { detail: { visit, parts: Object.fromEntries(bytes), losses } }));
}

for (const boardIsFirst of [false, true]) {
  const order = boardIsFirst ? "after" : "before";
  test(`it sends the new session what was kept, if it comes ${order} the session's own first answer`, async () => {
    const receive = await nextVersion();
    assert.deepEqual(await receive(7), []);
    keep(7, { experiment: "e", run: "r" });
    const receiveNext = await nextVersion();
    if (boardIsFirst) keep(8, { experiment: "e", run: "anew" });
    const [[, kept], ...more] = await receiveNext(8);
    assert.deepEqual(more, []);
    assert.equal(kept.visit, 7);
    assert.deepEqual(kept.parts, { experiment: btoa("e"), run: btoa("r") });
    assert.equal(kept.after, "line");
    if (!boardIsFirst) keep(8, { experiment: "e", run: "anew" });
    keep(8, { run: "it went on" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(texts.get("playground.kept.run"), btoa("it went on"));
    assert.equal(texts.get("playground.kept.experiment"), btoa("e"));
  });
}

test("it has nothing to send where the session is the same", async () => {
  const receive = await nextVersion();
  await receive(7);
  keep(7, { experiment: "e", run: "r" });
  const receiveNext = await nextVersion();
  assert.deepEqual(await receiveNext(7), []);
});

test("the one before keeps nothing any more", async () => {
  await (await nextVersion())(7);
  await (await nextVersion())(8);
  let written = 0;
  const { setItem } = window.sessionStorage;
  window.sessionStorage.setItem = (name, text) => {
    written += Number(name === "playground.kept.run");
    setItem(name, text);
  };
  keep(8, { experiment: "e", run: "r" });
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(written, 1);
});
