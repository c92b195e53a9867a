// A press of Train trains a run that stands still, and stops one that ended by itself before its end is on screen.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Transport } from "../../playground/components/board/transport.js";

/** @type {string[]} */
let done;

beforeEach(() => {
  done = [];
  class Observer {
    observe() {}
    disconnect() {}
  }
  const button = { disabled: false, hasAttribute: () => false, setAttribute: () => {}, removeAttribute: () => {} };
  const document = { querySelector: (/** @type {string} */ selector) => (selector.includes("button") ? button : null) };
  Object.assign(globalThis, { window: new EventTarget(), document, MutationObserver: Observer, setTimeout: () => 0 });
});

/** @param {{looping: boolean, isEmpty: boolean, continuesFrom: number | null}} film @param {string} name */
function press({ looping, isEmpty, continuesFrom }, name) {
  const transport = new Transport(
    /** @type {any} */ ({
      looping,
      hold: null,
      queue: { isEmpty },
      state: { continues_from: continuesFrom },
      stopAndSend: (/** @type {string} */ request) => done.push(`send ${request}`),
      stopForAnotherRun: () => done.push("stop"),
    }),
  );
  const preventDefault = () => done.push("swallow");
  transport.press(name, /** @type {any} */ ({ preventDefault, stopImmediatePropagation: () => {} }));
}

test("Train is Streamlit's to hear while a run that stands still is being drawn", () => {
  press({ looping: true, isEmpty: false, continuesFrom: null }, "train"); // its answer has just come
  press({ looping: true, isEmpty: true, continuesFrom: 0 }, "train"); // the page was drawn again
  press({ looping: false, isEmpty: true, continuesFrom: null }, "train");
  assert.deepEqual(done, []);
});

test("Train stops a run that ended by itself and is still playing to its end", () => {
  press({ looping: true, isEmpty: false, continuesFrom: 0 }, "train");
  assert.deepEqual(done, ["swallow", "send pause"]);
});

test("Reset stops what is playing, and Streamlit hears it", () => {
  press({ looping: true, isEmpty: false, continuesFrom: 0 }, "reset");
  assert.deepEqual(done, ["stop"]);
});
