// Elements of a component's own HTML, which are known to be there.

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
 */
export function onChoice(parent, name, choose) {
  for (const button of findAll(parent, `[data-${name}]`)) button.onclick = () => choose(button.dataset[name] ?? "");
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
