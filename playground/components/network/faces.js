// What each face shows of its numbers: in the units, on the lines, and as attributes.

import { roundUp } from "../shared/format.js";

/**
 * @typedef {"weights" | "forward" | "backward" | "step"} Face
 * @typedef {{[block: string]: ArrayLike<number>}} Blocks  one number per unit or line, in the order of the drawing
 *
 * @typedef {object} Showing
 * @property {string[]} inUnit  the blocks whose numbers stand in a unit
 * @property {string} names  of these, as they stand over the units
 * @property {string[]} onLine  the blocks whose numbers stand on a line
 * @property {[block: string, before?: string]} fill  what colours a unit: a block, or its change
 * @property {[block: string, before?: string]} size  what colours a line and makes it thick
 * @property {boolean} common  whether the lines of all layers have one scale
 */

/** @type {{[face in Face]: Showing}} */
export const FACES = {
  weights: { inUnit: ["b"], names: "b", onLine: [], fill: ["b"], size: ["w"], common: false },
  forward: { inUnit: ["z", "a"], names: "Z | A", onLine: ["wa"], fill: ["a"], size: ["wa"], common: false },
  backward: { inUnit: ["da", "dz"], names: "dA | dZ", onLine: ["dw"], fill: ["dz"], size: ["dw"], common: true },
  step: {
    inUnit: ["b", "b_after"],
    names: "b → b",
    onLine: ["w", "w_after"],
    fill: ["b_after", "b"],
    size: ["w_after", "w"],
    common: true,
  },
};
const SLOW_MS = 45; // for a picture with its painting
const MAX_MS = 250; // what takes longer was not shown at once: the page was hidden
const UNIT_BLOCKS = ["b", "z", "a", "kept", "da", "dz", "b_after", "db"];
const LINE_BLOCKS = ["w", "wa", "dw", "w_after"];

/**
 * The blocks of a row of numbers.
 *
 * @param {[name: string, size: number][]} sizes
 * @param {ArrayLike<number | null>} numbers  null for what is unknown
 * @returns {Blocks | null} null where the numbers are those of other blocks
 */
export function blocksOf(sizes, numbers) {
  /** @type {Blocks} */
  const blocks = {};
  let start = 0;
  for (const [name, size] of sizes) {
    blocks[name] = Float64Array.from({ length: size }, (_, i) => numbers[start + i] ?? Number.NaN);
    start += size;
  }
  return start === numbers.length ? blocks : null;
}

/**
 * The blocks of a passing frame, with those that stay, and of a step what it makes of each parameter.
 *
 * @param {import("../view_contract.js").DiagramPayload} diagram
 * @param {ArrayLike<number>} numbers
 * @returns {Blocks | null} as blocksOf
 */
export function passingBlocks({ passing, staying }, numbers) {
  const blocks = blocksOf(passing, numbers);
  if (!blocks) return null;
  for (const [name, values] of Object.entries(staying)) blocks[name] = values.map((value) => value ?? Number.NaN);
  for (const name of ["b", "w"]) {
    const [before, change] = [blocks[name], blocks[`${name}_change`]];
    if (change) blocks[`${name}_after`] = Array.from(before, (value, i) => value + change[i]);
  }
  return blocks;
}

/**
 * How large the values of each layer can be, in round numbers, so that the scale seldom changes.
 *
 * @param {Blocks} blocks
 * @param {Showing["size"]} shown
 * @param {number[]} layers  of each unit or line
 * @param {boolean} common  whether all layers have one scale
 */
export function limitsOf(blocks, shown, layers, common) {
  /** @type {number[]} */
  const limits = [];
  for (const [i, layer] of layers.entries()) {
    const size = Math.abs(shownAt(blocks, shown, i));
    const at = common ? 0 : layer;
    if (size > (limits[at] ?? 0) && Number.isFinite(size)) limits[at] = size;
  }
  return layers.map((layer) => roundUp(limits[common ? 0 : layer] ?? 0));
}

/** A number, or how far it is from another one. @param {Blocks} blocks @param {Showing["size"]} shown @param {number} i */
export function shownAt(blocks, [block, before], i) {
  return before ? blocks[block][i] - blocks[before][i] : blocks[block][i];
}

/**
 * How long no other picture of a running training is drawn after one. In Firefox one can take three repaints: then the fit
 * has as much time as the drawing.
 *
 * @param {number} tookMs  from a picture's beginning to the repaint after it
 */
export function restAfter(tookMs) {
  return tookMs > SLOW_MS ? 2 * Math.min(tookMs, MAX_MS) : 0;
}

/** A value as a share of its limit, from -1 to 1; 0 where it is unknown. @param {number} value @param {number} limit */
export function shareOf(value, limit) {
  return limit && !Number.isNaN(value) ? Math.max(-1, Math.min(1, value / limit)) : 0;
}

/** The names and numbers of a unit's attributes. @param {Blocks} blocks @param {number} i */
export function unitData(blocks, i) {
  return dataOf(blocks, UNIT_BLOCKS, i);
}

/** The names and numbers of a line's attributes. @param {Blocks} blocks @param {number} i */
export function lineData(blocks, i) {
  return dataOf(blocks, LINE_BLOCKS, i);
}

/** @param {Blocks} blocks @param {string[]} names @param {number} i @returns {[string, number][]} */
function dataOf(blocks, names, i) {
  return names.filter((name) => name in blocks).map((name) => [`data-${name.replace("_", "-")}`, blocks[name][i]]);
}
