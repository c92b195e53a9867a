// What is chosen on a chart: there again in the same page, after a reload, and nowhere else.

import assert from "node:assert/strict";
import { test } from "node:test";

const PATH = "../../playground/components/shared/chosen.js";
let opened = 0;

/** The module in a page that was opened in a way, with a storage. */
async function pageOf(type, storage) {
  delete globalThis[Symbol.for("playground.chosen")];
  performance.getEntriesByType = () => [{ type }];
  Object.defineProperty(globalThis, "sessionStorage", { get: storage, configurable: true });
  return nextVersion();
}

/** Another module, as after an update of the server, in the same page. */
function nextVersion() {
  opened += 1;
  return import(`${PATH}?${opened}`);
}

function storageOf() {
  const texts = new Map();
  return {
    getItem: (name) => texts.get(name) ?? null,
    setItem: (name, text) => texts.set(name, text),
    removeItem: (name) => texts.delete(name),
  };
}

test("a choice is there in its page, when that is loaded again, and not in one that a link opens", async () => {
  const storage = storageOf();
  const page = await pageOf("navigate", () => storage);
  assert.equal(page.chosenBefore("scale"), null);
  page.keepChoice("scale", "linear");
  assert.equal(page.chosenBefore("scale"), "linear");
  assert.equal((await pageOf("reload", () => storage)).chosenBefore("scale"), "linear");
  assert.equal((await pageOf("navigate", () => storage)).chosenBefore("scale"), null);
});

test("without a storage it is there in its page, and what is far too long is not taken", async () => {
  const refuse = () => {
    throw new DOMException("no", "SecurityError");
  };
  const page = await pageOf("reload", refuse);
  assert.equal(page.chosenBefore("scale"), null);
  page.keepChoice("scale", "linear");
  assert.equal(page.chosenBefore("scale"), "linear");
  const storage = storageOf();
  storage.setItem("playground.kept.chosen.scale", "x".repeat(200));
  assert.equal((await pageOf("reload", () => storage)).chosenBefore("scale"), null);
});

test("it is there for the script of another version that comes to the same page", async () => {
  const page = await pageOf("navigate", storageOf);
  page.keepChoice("scale", "linear");
  assert.equal((await nextVersion()).chosenBefore("scale"), "linear");
});

test("what is far too long fills no storage, and leaves no earlier choice there", async () => {
  const storage = storageOf();
  const page = await pageOf("reload", () => storage);
  page.keepChoice("new point", "1");
  page.keepChoice("new point", "x".repeat(200));
  assert.equal(storage.getItem("playground.kept.chosen.new point"), null);
  assert.equal(page.chosenBefore("new point").length, 200);
});
