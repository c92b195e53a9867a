// A component that brings its own HTML and style puts them in place once per element, before it is mounted.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { withParts } from "../../playground/components/shared/parts.js";

/** @type {any} */
let parentElement;
/** @type {string[]} */
let calls;
/** @type {any} */
let component;

/** @param {boolean} isEarly */
function placeOf(isEarly) {
  const place = {
    innerHTML: "",
    /** @type {any[]} */ childNodes: [],
    append: (/** @type {any} */ style) => place.childNodes.push(style),
    replaceChildren: (/** @type {any[]} */ ...nodes) => Object.assign(place, { childNodes: nodes }),
    hasAttribute: () => isEarly,
  };
  return place;
}

beforeEach(() => {
  const document = Object.assign(new EventTarget(), { createElement: () => ({ textContent: "" }) });
  Object.assign(globalThis, { document });
  parentElement = placeOf(false);
  calls = [];
  component = withParts(
    ({ parentElement }) => {
      calls.push(parentElement.innerHTML);
      return () => calls.push("closed");
    },
    "<b>",
    "b {}",
  );
});

test("the HTML and the style are there when the component is mounted, and stay when it is called again", () => {
  component({ parentElement });
  parentElement.innerHTML = "<b>drawn in";
  component({ parentElement });
  assert.deepEqual(calls, ["<b>", "<b>drawn in"]);
  assert.deepEqual(parentElement.childNodes, [{ textContent: "b {}" }]);
});

test("they stay when a call is ended that another has overtaken", () => {
  const end = component({ parentElement });
  parentElement.innerHTML = "<b>drawn in";
  end();
  component({ parentElement });
  assert.deepEqual(calls, ["<b>", "closed", "<b>drawn in"]);
});

test("what the first page has mounted moves to where it is mounted next, once", () => {
  const early = placeOf(true);
  component({ parentElement: early });
  const drawn = [...early.childNodes, "a chart"];
  early.childNodes = drawn;
  component({ parentElement });
  assert.deepEqual(parentElement.childNodes, drawn);
  assert.equal(parentElement.innerHTML, "");
  const another = placeOf(false);
  component({ parentElement: another });
  assert.equal(another.innerHTML, "<b>");
  assert.notEqual(another.childNodes, drawn);
});

test("what another version of the script has there hears of it before it goes", () => {
  component({ parentElement });
  const before = parentElement.innerHTML;
  /** @type {any[]} */
  const heard = [];
  document.addEventListener("playground:replaced", (event) => {
    heard.push([/** @type {CustomEvent} */ (event).detail, parentElement.innerHTML]);
  });
  component({ parentElement });
  withParts(() => undefined, "<i>", "")({ parentElement, data: null });
  assert.deepEqual(heard, [[parentElement, before]]);
  assert.equal(parentElement.innerHTML, "<i>");
});
