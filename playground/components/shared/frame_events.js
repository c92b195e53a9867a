// Where the board and the views in other components meet: events on `document`.
//
// Each component is a module of its own and shares no variables with the others. The board plays the frames; a view shows
// them too. The board draws the views among its other secondary charts, so that no more than one of them is drawn per
// repaint. Whichever of the two is mounted first, they find each other: a view announces itself when it is mounted and
// again whenever a board opens.

/**
 * @typedef {import("./secondary_charts.js").SharedFrame} SharedFrame
 * @typedef {import("./secondary_charts.js").SecondaryChart & {run_id: number}} View  of the frames of one run
 */

const JOIN = "playground:view-joins";
const LEAVE = "playground:view-leaves";
const OPEN = "playground:board-opens";

/**
 * Has a board draw a view.
 *
 * @param {View} view
 * @returns {() => void} takes the view away again
 */
export function joinBoard(view) {
  const join = () => document.dispatchEvent(new CustomEvent(JOIN, { detail: view }));
  document.addEventListener(OPEN, join);
  join();
  return () => {
    document.removeEventListener(OPEN, join);
    document.dispatchEvent(new CustomEvent(LEAVE, { detail: view }));
  };
}

/** The views on the page, as one board knows them. */
export class Views {
  constructor() {
    /** @type {Set<View>} */
    this.all = new Set();
    /** @type {SharedFrame | null} */
    this.frame = null; // the latest
    this.closing = new AbortController();
    const { signal } = this.closing;
    document.addEventListener(JOIN, (event) => this.add(viewOf(event)), { signal });
    document.addEventListener(LEAVE, (event) => this.all.delete(viewOf(event)), { signal });
    document.dispatchEvent(new Event(OPEN));
  }

  /** A view that is newly mounted shows the latest frame at once. @param {View} view */
  add(view) {
    this.all.add(view);
    if (this.frame?.run_id === view.run_id) view.update(this.frame);
  }

  /** @param {number} runId */
  ofRun(runId) {
    return [...this.all].filter((view) => view.run_id === runId);
  }

  close() {
    this.closing.abort();
  }
}

/** @param {Event} event @returns {View} */
function viewOf(event) {
  return /** @type {CustomEvent<View>} */ (event).detail;
}
