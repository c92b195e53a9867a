// Elements of a component's own HTML, which are known to be there.

import { chosenBefore, keepChoice } from "./chosen.js";

/**
 * @template {Element} [Kind=HTMLElement]
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {Kind}
 */
export function find(parent, selector) {
  const found = parent.querySelector(selector);
  if (!found) throw new Error(`The page has no ${selector}`);
  return /** @type {Kind} */ (/** @type {unknown} */ (found));
}

/**
 * @template {Element} [Kind=HTMLElement]
 * @param {ParentNode} parent
 * @param {string} selector
 * @returns {Kind[]}
 */
export function findAll(parent, selector) {
  return /** @type {Kind[]} */ (/** @type {unknown} */ ([...parent.querySelectorAll(selector)]));
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {string} [text]
 * @param {string} [className]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function create(name, text = "", className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}

/** @type {WeakMap<Element, string>} */
const written = new WeakMap();

/**
 * Writes a text, if it is another one than the last: what stands there may be its translation by the browser.
 *
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (written.get(element) === text) return;
  written.set(element, text);
  element.textContent = text;
}

/**
 * A group of buttons of which one is pressed: each has its choice as data-`name`.
 *
 * @param {ParentNode} parent
 * @param {string} name
 * @param {(choice: string) => void} choose
 * @returns {string} what was chosen before, or else what the HTML has pressed
 */
export function onChoice(parent, name, choose) {
  const buttons = findAll(parent, `[data-${name}]`);
  const choiceOf = (/** @type {HTMLElement} */ button) => button.dataset[name] ?? "";
  for (const button of buttons) {
    button.onclick = () => {
      keepChoice(name, choiceOf(button));
      choose(choiceOf(button));
    };
  }
  const choices = buttons.map(choiceOf);
  const before = chosenBefore(name);
  const first = before !== null && choices.includes(before) ? before : null;
  if (first !== null) markChoice(parent, name, first);
  return first ?? choiceOf(buttons.find(({ ariaPressed }) => ariaPressed === "true") ?? buttons[0]);
}

/** @param {ParentNode} parent @param {string} name @param {string} choice */
export function markChoice(parent, name, choice) {
  for (const button of findAll(parent, `[data-${name}]`)) button.ariaPressed = String(button.dataset[name] === choice);
}

/** Lets the browser do what else there is: paint, hear a key, receive. */
export function nextTask() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Calls back when the browser has painted what is there now. @param {() => void} act */
export function afterPaint(act) {
  requestAnimationFrame(() => setTimeout(act));
}
