// The parts of a goal: their values in a frame, whether they hold, and how a value is written.

import { fewDigits } from "../shared/format.js";

/**
 * @typedef {import("../view_contract.js").ConditionPayload} ConditionPayload
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 */

/** @type {{[mark: string]: (value: number, bound: number) => boolean}} */
const COMPARISONS = {
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "=": (value, bound) => value === bound,
};

/** @param {ConditionPayload} condition @param {number | null} value */
export function holds({ mark, bound }, value) {
  return value !== null && COMPARISONS[mark](value, bound);
}

/** Whether a condition can hold no more in this run, whose epochs only rise. @param {Pick<ConditionPayload, "name" | "mark" | "bound">} condition @param {number | null} value */
export function isPast({ name, mark, bound }, value) {
  return name === "epoch" && value !== null && (mark === "<" ? value >= bound : !mark.startsWith(">") && value > bound);
}

/** The value of a condition that moves; the server's where the frame has none. @param {SharedFrame} frame @param {ConditionPayload} condition */
export function valueIn({ epoch, loss, test_loss, confusion, measures }, { name, value, places }) {
  if (name === "epoch") return epoch;
  if (name === "loss") return loss;
  if (name === "test_loss") return test_loss;
  if (name === "accuracy") return share(confusion, 0) ?? value;
  if (name === "test_accuracy") return share(confusion, 1) ?? value;
  if (places.length && measures) return lowest(places.map((place) => measures[place]));
  return value;
}

/** @param {number[]} values @returns {number | null}  null where one is undefined or not finite */
function lowest(values) {
  const least = Math.min(...values);
  return Number.isFinite(least) ? least : null;
}

/** @param {Pick<ConditionPayload, "name" | "moves">} condition @param {number | null} value @returns {string} */
export function valueText({ name, moves }, value) {
  if (value === null) return "–";
  if (name === "diverged") return value ? "yes" : "no";
  if (/(accuracy|precision|recall)$/.test(name)) return `${(100 * value).toFixed(1)} %`;
  if (value < 0) return `−${valueText({ name, moves }, -value)}`;
  return moves && name !== "epoch" ? fewDigits(value) : value.toLocaleString("en-US", { maximumSignificantDigits: 9 });
}

/**
 * The share on the diagonal of one of the two confusion matrices that stand one after the other; null where it is empty.
 *
 * @param {import("../shared/rows.js").Numbers | null} counts
 * @param {number} place
 */
function share(counts, place) {
  if (!counts) return null;
  const size = counts.length / 2;
  const classes = Math.sqrt(size);
  const own = Array.from(counts).slice(place * size, (place + 1) * size);
  const total = own.reduce((sum, count) => sum + count, 0);
  const right = own.filter((_, i) => i % (classes + 1) === 0).reduce((sum, count) => sum + count, 0);
  return total ? right / total : null;
}
