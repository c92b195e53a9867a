// What the board is sent for the browser to keep, on its way to the keeper: another component, which meets it in an event.

import { unpack } from "./unpack.js";

const KEEP = "playground:keep";

/**
 * @typedef {object} Losses  what the charts have of a run; arrays that nobody changes
 * @property {number[]} losses
 * @property {number[] | undefined} objectives
 * @property {number[]} tested_epochs
 * @property {number[]} tested_losses
 *
 * @typedef {object} Kept
 * @property {number} visit
 * @property {{[name: string]: Uint8Array}} parts
 * @property {Losses} losses  up to the epoch of the run that comes with them
 */

/**
 * Has the keeper keep what came with an answer.
 *
 * @param {Uint8Array<ArrayBuffer>} bytes  from `kept_payload`
 * @param {import("./history.js").History} history
 */
export function announceKept(bytes, { losses, tests }) {
  const { visit, arrays } = unpack(bytes);
  /** @type {Kept} */
  const detail = {
    visit,
    parts: arrays,
    losses: {
      losses: losses.rows[0] ?? [],
      objectives: losses.rows[1],
      tested_epochs: tests.epochs,
      tested_losses: tests.rows[0] ?? [],
    },
  };
  document.dispatchEvent(new CustomEvent(KEEP, { detail }));
}

/** @param {(kept: Kept) => void} keep @param {AbortSignal} signal */
export function onKept(keep, signal) {
  document.addEventListener(KEEP, (event) => keep(/** @type {CustomEvent<Kept>} */ (event).detail), { signal });
}
