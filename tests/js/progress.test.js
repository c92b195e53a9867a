// The visitor's progress in the browser's storage: added to, forgotten, bounded, and no more than a wish without storage.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Progress } from "../../playground/components/keeper/progress.js";

function storageOf() {
  const items = new Map();
  return {
    getItem: (name) => items.get(name) ?? null,
    setItem: (name, text) => items.set(name, text),
    removeItem: (name) => items.delete(name),
  };
}

const given = (forgets, entries) => new TextEncoder().encode(JSON.stringify({ forgets, entries }));

test("what one tab adds does not replace what another one added", () => {
  const storage = storageOf();
  new Progress(() => storage).take(1, given(0, { "done.xor": 1 }));
  new Progress(() => storage).take(2, given(0, { "goal.ab": 840 }));
  assert.deepEqual(JSON.parse(new Progress(() => storage).read()), { "done.xor": 1, "goal.ab": 840 });
});

test("it is forgotten once per press, also after the server was another one", () => {
  const storage = storageOf();
  const progress = new Progress(() => storage);
  progress.take(1, given(0, { "done.xor": 1 }));
  progress.take(1, given(1, {}));
  assert.equal(progress.read(), null);
  progress.take(1, given(1, { "done.xor": 1 }));
  progress.take(1, given(1, { "done.other": 1 }));
  assert.deepEqual(Object.keys(JSON.parse(progress.read())), ["done.xor", "done.other"]);
  progress.take(2, given(1, {}));
  assert.equal(progress.read(), null);
});

test("what one tab had forgotten does not come back from another one that is open", () => {
  const storage = storageOf();
  const [one, other] = [new Progress(() => storage), new Progress(() => storage)];
  other.take(2, given(0, { "done.xor": 1 }));
  assert.equal(other.noticeForgetting(), false);
  one.take(1, given(1, {})); // forgotten in the first tab, which then reaches something
  one.take(1, given(1, { "goal.ab": 840 }));
  assert.equal(one.noticeForgetting(), false);
  assert.equal(other.noticeForgetting(), true);
  assert.equal(other.noticeForgetting(), false); // said once
  other.take(2, given(0, { "done.xor": 1, "done.other": 1 })); // on its way before the server knew
  assert.deepEqual(JSON.parse(one.read()), { "goal.ab": 840 });
  other.take(2, given(1, {})); // the server has forgotten it, too
  assert.deepEqual(JSON.parse(one.read()), { "goal.ab": 840 });
  other.take(2, given(1, { "done.new": 1 }));
  assert.deepEqual(JSON.parse(one.read()), { "goal.ab": 840, "done.new": 1 });
  assert.equal(new Progress(() => storage).noticeForgetting(), false); // a tab that is opened later
});

test("what is forgotten in a tab that was given nothing yet leaves what the other tab reaches then", () => {
  const storage = storageOf();
  const [one, other] = [new Progress(() => storage), new Progress(() => storage)];
  one.take(1, given(1, {}));
  one.take(1, given(1, { "goal.ab": 840 }));
  other.noticeForgetting();
  other.take(2, given(1, {}));
  assert.deepEqual(JSON.parse(one.read()), { "goal.ab": 840 });
});

test("the latest stay where there is more than is kept", () => {
  const progress = new Progress(storageOf);
  const storage = storageOf();
  progress.storage = () => storage;
  progress.take(1, given(0, Object.fromEntries([...Array(1500).keys()].map((i) => [`goal.${i}`, i]))));
  const kept = Object.keys(JSON.parse(progress.read()));
  assert.equal(kept.at(-1), "goal.1499");
  assert.ok(kept.length < 1500);
});

test("without a storage, or with something else in it, nothing fails", () => {
  const none = new Progress(() => {
    throw new Error("forbidden");
  });
  none.take(1, given(0, { "done.xor": 1 }));
  assert.equal(none.read(), null);
  const storage = storageOf();
  storage.setItem("playground.progress", "{oops");
  const progress = new Progress(() => storage);
  progress.take(1, given(0, { "done.xor": 1 }));
  assert.deepEqual(JSON.parse(progress.read()), { "done.xor": 1 });
});
