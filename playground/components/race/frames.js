// The frames of a race: what of an answer's arrays belongs to each, per contestant.

import { countOf, rowOf, rowsOf } from "../shared/rows.js";

/**
 * @typedef {import("../shared/rows.js").Numbers} Numbers
 *
 * @typedef {object} RaceFrame
 * @property {number} epoch
 * @property {number[]} losses
 * @property {Numbers[] | null} outputs  the curve of each contestant
 * @property {Numbers[] | null} shades  or the map of each
 * @property {number[] | null} accuracies
 */

/**
 * On a plane some frames come without maps; the last frame of an answer has them.
 *
 * @param {import("../race_contract.js").RaceState} state
 * @returns {RaceFrame[]}
 */
export function framesOfRace({ arrays, names, output_rows }) {
  const { epochs, losses, outputs, shades, accuracies } = arrays;
  const withOutput = countOf(output_rows);
  return Array.from(epochs, (epoch, i) => {
    const perContestant = (/** @type {Numbers | undefined} */ array) => {
      const row = rowOf(array, output_rows[i], withOutput);
      return row && rowsOf(row, names.length);
    };
    const accuracy = rowOf(accuracies, output_rows[i], withOutput);
    return {
      epoch,
      losses: Array.from(rowOf(losses, i, epochs.length) ?? []),
      outputs: perContestant(outputs),
      shades: perContestant(shades),
      accuracies: accuracy && Array.from(accuracy),
    };
  });
}
