// What stands on the fit in place of a curve or a map of which nothing can be seen, as after a divergence.

import { rounded, short } from "../shared/format.js";

/** @typedef {import("../shared/rows.js").Numbers} Numbers */

/**
 * Says where the network's output is, so short that a phone has it on one line; "" where some of it is in sight.
 *
 * @param {Numbers} output  along x, or over the plane
 * @param {[low: number, high: number] | null} limits  of the axis; null for a map, which has a colour for every number
 */
export function outOfSight(output, limits) {
  const finite = output.filter(Number.isFinite);
  if (!finite.length) return `network: no finite output, so no ${limits ? "curve" : "map"}`;
  if (!limits || isSeen(output, limits)) return "";
  const [low, high] = limits;
  const [least, greatest] = [Math.min(...finite), Math.max(...finite)];
  if (least > high) return `↑ network: above this chart, at least ${inWords(least)}`;
  if (greatest < low) return `↓ network: below this chart, at most ${inWords(greatest)}`;
  return "network: above and below this chart";
}

/** Whether a part of a curve lies between the limits, or crosses them. @param {Numbers} y @param {[number, number]} limits */
function isSeen(y, [low, high]) {
  const side = (/** @type {number} */ value) => Number(value > high) - Number(value < low);
  return y.some(
    (value, i) =>
      Number.isFinite(value) && (!side(value) || (Number.isFinite(y[i + 1]) && side(value) * side(y[i + 1]) < 0)),
  );
}

/** To two digits. @param {number} value */
function inWords(value) {
  return Math.abs(value) < 1e4 ? rounded(value, 2) : short(value.toExponential(1)).replace("-", "−");
}
