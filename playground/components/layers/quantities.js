// What can be shown of each layer, how the numbers are kept by epoch, and the axis that holds them.

import { rounded, roundUp } from "../shared/format.js";

const MAX_MOMENTS = 400; // when there are more, every second one goes
const MAX_TICKS = 7;
const MIN_SIZE = 1e-300; // what is smaller is drawn as 0

/**
 * @typedef {object} Shown  a quantity of a layer
 * @property {string} title
 * @property {string} meaning
 * @property {string[]} names  of its numbers: one, or the lower quartile, the median and the upper quartile
 * @property {"log" | "linear" | "share"} scale
 *
 * @typedef {{epoch: number, numbers: ArrayLike<number | null>}} Moment  the numbers of all layers, one after another
 *
 * @typedef {object} Axis
 * @property {"log" | "linear"} type
 * @property {[number, number]} range  of a logarithmic axis in powers of ten
 * @property {"array" | "auto"} tickmode
 * @property {number[]} [tickvals]
 * @property {string[]} [ticktext]
 * @property {number} floor  where a size of 0 is drawn
 */

const NORM = "the root of the sum of its squares, over the whole training set, on a logarithmic axis.";

/** @type {{[quantity: string]: Shown}} */
export const SHOWN = {
  dZ: {
    title: "Size of dZ",
    meaning: `How much of the gradient arrives in a layer: ${NORM}`,
    names: ["dZ"],
    scale: "log",
  },
  dW: {
    title: "Size of dW",
    meaning: `How far a layer's weights are asked to move: ${NORM}`,
    names: ["dW"],
    scale: "log",
  },
  Z: {
    title: "Z",
    meaning: "The weighted sums of a layer, over its units and the training set: median, and the middle half.",
    names: ["Z25", "Z50", "Z75"],
    scale: "linear",
  },
  A: {
    title: "A",
    meaning: "What a layer passes on, over its units and the training set: median, and the middle half.",
    names: ["A25", "A50", "A75"],
    scale: "linear",
  },
  A_spread: {
    title: "Spread of A",
    meaning: "The standard deviation of what a layer passes on, over its units and the training set; logarithmic axis.",
    names: ["A_spread"],
    scale: "log",
  },
  saturated: {
    title: "Saturated",
    meaning: "The share of the entries of Z at which g′ is below 1 % of its largest value: hardly any gradient passes.",
    names: ["saturated"],
    scale: "share",
  },
  dead: {
    title: "Dead",
    meaning: "The share of a layer's units that give the same output for every training point.",
    names: ["dead"],
    scale: "share",
  },
};

/** The moments so far, with one more; what was known of later epochs goes. @param {Moment[]} moments @param {Moment} moment */
export function withMoment(moments, moment) {
  const count = moments.findLastIndex((each) => each.epoch < moment.epoch) + 1;
  const all = [...moments.slice(0, count), moment];
  return all.length > MAX_MOMENTS ? all.filter((_, i) => i % 2 === (all.length - 1) % 2 || i === 0) : all;
}

/**
 * The axis that holds all values; it changes in round steps.
 *
 * @param {number[]} values
 * @param {Shown["scale"]} scale
 * @returns {Axis}
 */
export function axisOf(values, scale) {
  if (scale === "share") {
    const tickvals = [0, 0.25, 0.5, 0.75, 1];
    const ticktext = tickvals.map((share) => `${100 * share} %`);
    return { type: "linear", range: [-0.03, 1.03], tickmode: "array", tickvals, ticktext, floor: 0 };
  }
  if (scale === "linear") {
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    return { type: "linear", range: [-roundUp(-low), roundUp(high) || (low < 0 ? 0 : 1)], tickmode: "auto", floor: 0 };
  }
  const sizes = values.filter((value) => value >= MIN_SIZE);
  const least = sizes.length ? Math.min(...sizes) : 1;
  let bottom = Math.floor(Math.log10(least) - 0.02);
  const top = Math.max(bottom + 1, Math.floor(Math.log10(sizes.length ? Math.max(...sizes) : 1)) + 1);
  const step = Math.ceil((top - bottom + 1) / MAX_TICKS);
  const powers = Array.from({ length: Math.floor((top - bottom) / step) + 1 }, (_, i) => bottom + i * step);
  const ticks = powers.map((power) => ({
    at: 10 ** power,
    text: power < -3 || power > 3 ? `10<sup>${power}</sup>`.replace("-", "−") : String(10 ** power),
  }));
  const hasZero = sizes.length < values.length;
  if (hasZero) {
    bottom -= step;
    ticks.unshift({ at: 10 ** bottom, text: "0" });
  }
  return {
    type: "log",
    range: [bottom - 0.05, top + 0.05],
    tickmode: "array",
    tickvals: ticks.map(({ at }) => at),
    ticktext: ticks.map(({ text }) => text),
    floor: hasZero ? 10 ** bottom : 0,
  };
}

/** A number in words: a size, or a share of all. @param {number} value @param {Shown["scale"]} scale */
export function inWords(value, scale) {
  if (!Number.isFinite(value)) return "not finite";
  return scale === "share" ? `${(100 * value).toFixed(0)} %` : rounded(value, 3);
}
