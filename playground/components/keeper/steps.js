// One act of the visitor is one step of the browser's history at most: a slider's drag, a row of presses of one key.
//
// Streamlit adds a step whenever the server changes the address, and a drag changes it several times.

import { isConnected } from "./connection.js";

const PAUSE_MS = 1000; // between two presses of keys in one place that are one act

/** The acts of the visitor, counted as they begin. */
export class Acts {
  /** @param {boolean} hasBegun  whether there was one already */
  constructor(hasBegun = false) {
    this.count = Number(hasBegun);
    this.inHistory = 0; // the act that added the last step; 0 where the page was opened
    /** @type {{target: EventTarget | null, at: number, name: string}} */
    this.key = { target: null, at: Number.NEGATIVE_INFINITY, name: "" };
  }

  begin() {
    this.count += 1;
  }

  /** What is typed after Enter, which had what was typed before taken, is another act.
   * @param {EventTarget | null} target @param {number} now @param {string} name  of the key
   */
  pressKey(target, now, name = "") {
    const isNext = this.key.name === "Enter" && name !== "Enter";
    if (isNext || target !== this.key.target || now - this.key.at > PAUSE_MS) this.begin();
    this.key = { target, at: now, name };
  }

  /** Back or Forward. Without a connection the server has not heard of it, and may say first where it was before.
   * @param {boolean} isHeard
   */
  goTo(isHeard) {
    this.begin();
    if (!isHeard) this.takeStep(); // what it says takes no step, which would be the end of Forward
  }

  /** Whether what the address has become is a step of its own. */
  takeStep() {
    const isOwn = this.count !== this.inHistory;
    this.inHistory = this.count;
    return isOwn;
  }
}

/**
 * Has the page's changes of the address add a step per act, until the signal.
 *
 * @param {AbortSignal} signal
 * @param {boolean} isFirst  whether nothing in this page has counted them before
 */
export function countSteps(signal, isFirst) {
  const acts = new Acts(isFirst && navigator.userActivation?.hasBeenActive); // a quick visitor is faster than this script
  const options = { capture: true, passive: true, signal };
  document.addEventListener("pointerdown", () => acts.begin(), options);
  document.addEventListener("drop", () => acts.begin(), options);
  document.addEventListener("keydown", ({ target, timeStamp, key }) => acts.pressKey(target, timeStamp, key), options);
  window.addEventListener("popstate", () => acts.goTo(isConnected()), options);
  const { history } = window;
  const push = history.pushState;
  history.pushState = (state, unused, url) => {
    if (acts.takeStep()) push.call(history, state, unused, url);
    else history.replaceState(state, unused, url);
  };
  signal.addEventListener("abort", () => {
    history.pushState = push;
  });
}
