// What is on record of a run: put together from answers that bring only what is new of it.

/**
 * @typedef {import("./rows.js").Numbers} Numbers
 * @typedef {import("../contract.js").HistoryPart} HistoryPart
 *
 * @typedef {object} Recorded  quantities by epoch
 * @property {number[]} epochs  rising
 * @property {(number[] | undefined)[]} rows  per quantity a value per epoch, or undefined where there is none of it
 */

export class History {
  constructor() {
    this.lineage = 0; // another one where the past is another
    this.until = -1; // the epoch up to which it is complete
    /** @type {Recorded} */
    this.losses = { epochs: [], rows: [] };
    /** @type {Recorded} */
    this.tests = { epochs: [], rows: [] };
  }

  /**
   * Takes what came with an answer; returns false where something is missing that came before it.
   *
   * @param {HistoryPart} part
   * @param {(Numbers | undefined)[]} losses  at the multiples of the stride that come after the part's beginning
   * @param {{epochs: Numbers, losses: Numbers}} [tests]
   */
  take({ lineage, origin, after, until, stride }, losses, tests) {
    if (after >= 0 && (![lineage, origin].includes(this.lineage) || after > this.until)) return false;
    const first = (Math.floor(after / stride) + 1) * stride;
    const epochs = Array.from(losses[0] ?? [], (_, i) => first + i * stride);
    this.losses = continued(this.losses, (epoch) => epoch <= after && epoch % stride === 0, epochs, losses);
    if (tests) this.tests = continued(this.tests, (epoch) => epoch <= after, [...tests.epochs], [tests.losses]);
    this.lineage = lineage;
    this.until = until;
    return true;
  }
}

/**
 * @param {Recorded} before
 * @param {(epoch: number) => boolean} isKept
 * @param {number[]} epochs  the new ones
 * @param {(Numbers | undefined)[]} rows  their values
 * @returns {Recorded}
 */
function continued(before, isKept, epochs, rows) {
  const kept = [...before.epochs.keys()].filter((i) => isKept(before.epochs[i]));
  return {
    epochs: [...kept.map((i) => before.epochs[i]), ...epochs],
    rows: rows.map((row, k) => row && [...kept.map((i) => before.rows[k]?.[i] ?? Number.NaN), ...row]),
  };
}
