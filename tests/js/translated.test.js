// A page whose text nodes a translation has replaced: what is removed, put before them or written into them goes to what is seen.

import assert from "node:assert/strict";
import { before, test } from "node:test";
import { allowTranslation } from "../../playground/components/shared/translated.js";

/** As much of a DOM as a translation changes: nodes with a parent, children and a text of their own. */
class Node {
  constructor(type, text = "") {
    Object.assign(this, { nodeType: type, text, parentNode: null, children: [] });
  }
  get isConnected() {
    return this === page || Boolean(this.parentNode?.isConnected);
  }
  get textContent() {
    return this.text + this.children.map((child) => child.textContent).join("");
  }
  set textContent(text) {
    this.text = text;
    this.children = [];
    if (this.nodeType === 3) tell({ type: "characterData", target: this });
  }
  removeChild(child) {
    assert.equal(child.parentNode, this, "NotFoundError");
    this.children.splice(this.children.indexOf(child), 1);
    child.parentNode = null;
    return child;
  }
  insertBefore(node, next) {
    assert.ok(next === null || next.parentNode === this, "NotFoundError");
    this.children.splice(next ? this.children.indexOf(next) : this.children.length, 0, node);
    node.parentNode = this;
    return node;
  }
}

const page = new Node(1);
let tell = (_record) => {};

before(() => {
  Object.assign(globalThis, {
    window: {},
    document: { documentElement: page },
    Node,
    MutationObserver: class {
      constructor(callback) {
        tell = (record) => callback([{ addedNodes: [], removedNodes: [], ...record }]);
      }
      observe() {}
    },
  });
  allowTranslation();
});

/** A paragraph of two text nodes. */
function paragraph() {
  const [p, one, two] = [new Node(1), new Node(3, "one "), new Node(3, "two")];
  page.insertBefore(p, null);
  for (const text of [one, two]) p.insertBefore(text, null);
  return { p, one, two };
}

function translate(p, text, words) {
  const font = new Node(1, words);
  p.children[p.children.indexOf(text)] = font;
  Object.assign(font, { parentNode: p });
  Object.assign(text, { parentNode: null });
  tell({ type: "childList", target: p, removedNodes: [text], addedNodes: [font] });
  return font;
}

test("a text that is removed takes its translation with it", () => {
  const { p, one } = paragraph();
  translate(p, one, "eins ");
  assert.equal(p.removeChild(one), one);
  assert.equal(p.textContent, "two");
});

test("what is put before a text stands before its translation", () => {
  const { p, two } = paragraph();
  translate(p, two, "zwei");
  p.insertBefore(new Node(3, "and "), two);
  assert.equal(p.textContent, "one and zwei");
});

test("what is written into a text that has gone is seen in its place, translated once or twice", () => {
  const { p, one } = paragraph();
  const font = translate(p, one, "eins ");
  one.textContent = "three ";
  assert.equal(p.textContent, "three two");
  translate(p, font, "drei ");
  tell({ type: "childList", target: p, removedNodes: [], addedNodes: [] });
  assert.equal(p.textContent, "drei two");
});

test("a text that was wrapped is found in its wrapping", () => {
  const { p, one } = paragraph();
  const font = new Node(1);
  p.children[0] = font;
  font.parentNode = p;
  font.insertBefore(one, null);
  p.insertBefore(new Node(3, "zero "), one);
  assert.equal(p.textContent, "zero one two");
  p.removeChild(one);
  assert.equal(p.textContent, "zero two");
});

test("to remove what was never there is an error still, unless it is a text", () => {
  const { p, two } = paragraph();
  assert.throws(() => p.removeChild(new Node(1)), /NotFoundError/);
  p.removeChild(two);
  p.removeChild(two);
  assert.equal(p.textContent, "one ");
});
