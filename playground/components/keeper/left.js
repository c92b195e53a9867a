// What a keeper that is closed leaves to the next one of the same page: after an update of the server that is another
// version of this script, which finds here what this one had. So what is left keeps its form.

const LEFT = Symbol.for("playground.left");

/**
 * @typedef {object} Left
 * @property {number} visit  the one that the keeper knew last
 * @property {import("../shared/keeping.js").Kept | null} kept
 * @property {import("./store.js").Sent | null} before  of the visit before that whose parts are kept
 * @property {number} shown  as the keeper's own
 * @property {number} raced
 * @property {boolean} isMoved
 */

const page = /** @type {{[LEFT]?: Left | null}} */ (globalThis);

/** @param {Left} left */
export function leaveToNext(left) {
  page[LEFT] = left;
}

/** What was left; null where no keeper was in this page before. */
export function takeLeft() {
  const left = page[LEFT] ?? null;
  page[LEFT] = null;
  return left;
}
