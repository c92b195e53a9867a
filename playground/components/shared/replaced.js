// What stands in an element goes when another version of its script takes the element, as after an update of the server.
//
// The page stays open then. Each version is a module of its own and knows nothing of the other's views: an event tells them.

const REPLACED = "playground:replaced";

/** Has all views in a place close, those of other modules as well. @param {HTMLElement} place */
export function announceReplacing(place) {
  document.dispatchEvent(new CustomEvent(REPLACED, { detail: place }));
}

/**
 * Calls back when the place of an element is taken.
 *
 * @param {HTMLElement} element
 * @param {() => void} close
 * @returns {() => void} ends that
 */
export function whenReplaced(element, close) {
  const listen = (/** @type {Event} */ event) => {
    if (/** @type {CustomEvent<HTMLElement>} */ (event).detail.contains(element)) close();
  };
  document.addEventListener(REPLACED, listen);
  return () => document.removeEventListener(REPLACED, listen);
}
