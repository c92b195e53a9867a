// One view per element, whatever Streamlit calls and ends.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { mount } from "../../playground/components/shared/mount.js";
import { announceReplacing } from "../../playground/components/shared/replaced.js";

/** @type {any[]} */
let views;
/** @type {any} */
let parentElement;
/** @type {(data: any) => () => void} */
let call;

class View {
  constructor() {
    /** @type {any[]} */
    this.received = [];
    this.closed = 0;
    this.send = () => {};
    views.push(this);
  }

  /** @param {any} data */
  receive(data) {
    this.received.push(data);
  }

  close() {
    this.closed += 1;
  }
}

/** An element that holds those. @param {any[]} held */
function elementOf(...held) {
  const element = { contains: (/** @type {any} */ other) => other === element || held.includes(other) };
  return element;
}

beforeEach(() => {
  Object.assign(globalThis, { document: new EventTarget() });
  views = [];
  const element = elementOf();
  parentElement = { isConnected: true, querySelector: () => element };
  const component = mount(".view", View);
  call = (data) => component({ data, parentElement, setTriggerValue: () => {} });
});

test("every answer goes to the same view", () => {
  call(1);
  call(2);
  assert.deepEqual(
    views.map(({ received }) => received),
    [[1, 2]],
  );
});

test("a view stays when a call is ended that another has overtaken, or is about to", () => {
  const first = call(1);
  call(2);
  first();
  call(3)();
  call(4);
  assert.equal(views.length, 1);
  assert.deepEqual(views[0].received, [1, 2, 3, 4]);
  assert.equal(views[0].closed, 0);
});

test("it is closed when its element is gone, and another element has another", () => {
  const end = call(1);
  parentElement.isConnected = false;
  end();
  assert.equal(views[0].closed, 1);
  parentElement = { isConnected: true, querySelector: () => elementOf() };
  call(2);
  assert.equal(views.length, 2);
});

test("it is closed, once, when another version of its script takes the element or what holds it, and no other is", () => {
  const end = call(1);
  mount(".view", View)({ data: 2, parentElement });
  assert.deepEqual(
    views.map(({ closed }) => closed),
    [1, 0],
  );
  parentElement.isConnected = false;
  end();
  announceReplacing(/** @type {any} */ (elementOf()));
  announceReplacing(/** @type {any} */ (elementOf(parentElement.querySelector())));
  assert.deepEqual(
    views.map(({ closed }) => closed),
    [1, 1],
  );
});

test("what the visitor did before there was a server is sent when there is one, once and in order", () => {
  const component = mount(".view", View);
  /** @type {unknown[]} */
  const sent = [];
  const setTriggerValue = (/** @type {string} */ name, /** @type {unknown} */ value) => sent.push([name, value]);
  component({ data: 1, parentElement });
  views[0].send("points", 1);
  views[0].send("select", 2);
  component({ data: 2, parentElement, setTriggerValue });
  views[0].send("points", 3);
  component({ data: 3, parentElement, setTriggerValue });
  assert.deepEqual(sent, [
    ["points", 1],
    ["select", 2],
    ["points", 3],
  ]);
});
