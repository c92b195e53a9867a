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
      freeze: () => done.push("stop"),
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

/** A film that plays, and a button that goes down on it. @param {string} name @param {string[]} after  events */
function goDown(name, after) {
  const film = {
    looping: true,
    hold: /** @type {{name: string} | null} */ (null),
    queue: { isEmpty: false },
    state: { continues_from: 0 },
    freeze(/** @type {string} */ why) {
      Object.assign(film, { looping: false, hold: { name: why } });
      done.push("freeze");
    },
    release: () => done.push("release"),
    stopAndSend: (/** @type {string} */ request) => {
      film.hold = { name: request };
      done.push(`send ${request}`);
    },
  };
  Object.assign(globalThis, { setTimeout: (/** @type {() => void} */ act) => later.push(act) });
  /** @type {(() => void)[]} */
  const later = [];
  new Transport(/** @type {any} */ (film));
  const target = { closest: () => ({ closest: (/** @type {string} */ at) => at === `.st-key-${name}` }) };
  for (const type of ["pointerdown", ...after]) {
    const event = Object.defineProperties(new Event(type), { target: { value: target }, button: { value: 0 } });
    window.dispatchEvent(event);
  }
  for (const act of later) act();
}

test("the film stops where the button goes down, and the server hears of it by the click", () => {
  goDown("pause", ["pointerup", "click"]);
  assert.deepEqual(done, ["freeze", "send pause"]);
});

for (const end of ["pointerup", "pointercancel"]) {
  test(`a button that is let go elsewhere stops nothing: ${end}`, () => {
    goDown("step", [end]);
    assert.deepEqual(done, ["freeze", "release"]);
  });
}

test("what is no stop waits for the click", () => {
  goDown("reset", []);
  assert.deepEqual(done, []);
});
