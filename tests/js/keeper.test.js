// The keeper: what is kept of a visit, where there is room for it, whose it is, and which steps are in the history.

import assert from "node:assert/strict";
import { test } from "node:test";
import { claimTab } from "../../playground/components/keeper/claim.js";
import { Acts } from "../../playground/components/keeper/steps.js";
import { added, asSent, Store } from "../../playground/components/keeper/store.js";

/** A storage as a browser has it, with room for so many characters. */
function storageOf(room = Number.POSITIVE_INFINITY) {
  const methods = {
    getItem: (name) => storage[name] ?? null,
    removeItem: (name) => delete storage[name],
    setItem(name, text) {
      const others = Object.keys(storage).filter((key) => key !== name);
      if (others.reduce((sum, key) => sum + storage[key].length, text.length) > room) throw new Error("full");
      storage[name] = text;
    },
  };
  const storage = Object.create(methods);
  return storage;
}

// Node waits for open channels; a browser's page has its own to its end.
globalThis.BroadcastChannel = class extends BroadcastChannel {
  constructor(name) {
    super(name);
    this.unref();
  }
};

const LOSSES = { losses: [1, 0.1], objectives: undefined, tested_epochs: [0, 1], tested_losses: [0.5, 0.3] };

function keptOf(visit, parts, losses = LOSSES) {
  const bytes = Object.entries(parts).map(([name, text]) => [name, new TextEncoder().encode(text)]);
  return { visit, parts: Object.fromEntries(bytes), losses };
}

test("parts come one by one, and the losses are those that came with the run", () => {
  const first = added(null, keptOf(7, { experiment: "e", run: "r" }));
  const second = added(first, keptOf(7, { pins: "p" }, { ...LOSSES, losses: [9] }));
  assert.deepEqual(Object.keys(second.parts), ["experiment", "run", "pins"]);
  assert.deepEqual(second.losses, LOSSES);
  assert.deepEqual(added(second, keptOf(8, { run: "s" })).parts, keptOf(8, { run: "s" }).parts);
});

test("numbers are sent as the bytes of float64, to the last bit", () => {
  const { parts, history } = asSent(keptOf(7, { run: "r" }));
  assert.equal(parts.run, btoa("r"));
  const bytes = Uint8Array.from(atob(history.losses), (letter) => letter.charCodeAt(0));
  assert.deepEqual([...new Float64Array(bytes.buffer)], [1, 0.1]);
  assert.equal(history.objectives, null);
});

test("what is written is read again by the next page of the tab", () => {
  const storage = storageOf();
  const sent = { ...asSent(keptOf(7, { experiment: "e", run: "r", pins: "p" })), shown: 12, raced: 7 };
  new Store(() => storage).write(sent);
  assert.deepEqual(new Store(() => storage).read(), sent);
  new Store(() => storage).clear();
  assert.equal(new Store(() => storage).read(), null);
});

test("what there is no room for is left out in order: what was replaced, the pinned runs, the lesson, and then all", () => {
  const sent = asSent(
    keptOf(7, { experiment: "e", run: "r", lesson: "l".repeat(300), pins: "p".repeat(3000), own: "o".repeat(9000) }),
  );
  for (const [room, names] of [
    [19000, ["experiment", "run", "lesson", "pins", "own"]],
    [9000, ["experiment", "run", "lesson", "pins"]],
    [1000, ["experiment", "run", "lesson"]],
    [500, ["experiment", "run"]],
  ]) {
    const store = new Store(() => storage);
    const storage = storageOf(room);
    assert.ok(store.write(sent));
    assert.deepEqual(Object.keys(store.read().parts), names);
  }
  const storage = storageOf(100);
  const store = new Store(() => storage);
  assert.equal(store.write(sent), false);
  assert.ok(store.isAllowed());
  assert.equal(store.read(), null);
});

test("a browser that allows no storage keeps nothing and complains of nothing", async () => {
  const store = new Store(() => {
    throw new Error("not allowed");
  });
  assert.equal(store.write(asSent(keptOf(7, { run: "r" }))), false);
  assert.equal(store.isAllowed(), false);
  store.clear();
  assert.equal(store.read(), null);
});

test("a copy of a tab finds that the name is another's, and takes a name of its own", async () => {
  const [first, copy] = [storageOf(), storageOf()];
  assert.ok(await claimTab(() => first));
  copy.setItem("playground.tab", first.getItem("playground.tab"));
  assert.equal(await claimTab(() => copy), false);
  assert.notEqual(copy.getItem("playground.tab"), first.getItem("playground.tab"));
});

test("a page of a link in a new tab has a name of its own, whether or not the first tab answers in time", async () => {
  const copy = storageOf();
  copy.setItem("playground.tab", "of the first tab");
  assert.ok(await claimTab(() => copy, false));
  assert.notEqual(copy.getItem("playground.tab"), "of the first tab");
});

test("an act is one step, however often it changes the address; the page's own changes are none", () => {
  const acts = new Acts();
  assert.equal(acts.takeStep(), false);
  acts.begin();
  assert.deepEqual([acts.takeStep(), acts.takeStep(), acts.takeStep()], [true, false, false]);
  acts.begin();
  assert.equal(acts.takeStep(), true);
});

test("what the server says of a step back that it has not heard of yet takes no step, and the next act does", () => {
  const acts = new Acts();
  acts.goTo(true);
  assert.equal(acts.takeStep(), true);
  acts.goTo(false);
  assert.deepEqual([acts.takeStep(), acts.takeStep()], [false, false]);
  acts.begin();
  assert.equal(acts.takeStep(), true);
});

test("an act before the script was there is a step of its own too", () => {
  const acts = new Acts(true);
  assert.deepEqual([acts.takeStep(), acts.takeStep()], [true, false]);
});

test("a row of presses in one place is one act, a press in another place or much later another", () => {
  const acts = new Acts();
  const [slider, field] = [new EventTarget(), new EventTarget()];
  const steps = [
    [slider, 0],
    [slider, 300],
    [slider, 900],
    [field, 1000],
    [field, 2500],
  ].map(([target, now]) => {
    acts.pressKey(target, now);
    return acts.takeStep();
  });
  assert.deepEqual(steps, [true, false, false, true, true]);
});

test("two values that are typed into one field, each with Enter, are two steps however quickly; Enter held down is one", () => {
  const acts = new Acts();
  const field = new EventTarget();
  const steps = [..."2", "Enter", ..."35", "Enter", "Enter"].map((key, i) => {
    acts.pressKey(field, 10 * i, key);
    return key === "Enter" && acts.takeStep();
  });
  assert.deepEqual(steps, [false, true, false, false, true, false]);
});
