// The weights and biases of a network, in words: what each is called, what it connects, and what a face shows there.

import { rounded } from "../shared/format.js";

/**
 * @typedef {import("../contract.js").Selection} Selection
 * @typedef {import("../view_contract.js").DiagramPayload} DiagramPayload
 * @typedef {import("./faces.js").Blocks} Blocks
 */

const WORD_DIGITS = 6; // as in the walk

/** @type {[block: string, words: string][]} */
const OF_UNIT = [
  ["z", "Z"],
  ["a", "A"],
  ["da", "dA"],
  ["dz", "dZ = db"],
  ["db", "db"],
  ["b_after", "after the step b"],
];
/** @type {[block: string, words: string][]} */
const OF_LINE = [
  ["wa", "w·a"],
  ["dw", "dW"],
  ["w_after", "after the step W"],
];

/** "W1[3, 0]", or "b1[3]" for the bias, which is the last input. @param {Selection} selection @param {number} columns */
export function nameOf([layer, unit, input], columns) {
  return input === columns - 1 ? `b${layer}[${unit}]` : `W${layer}[${unit}, ${input}]`;
}

/** What a parameter connects, in words. @param {Selection} selection @param {DiagramPayload} diagram */
export function roleOf([layer, unit, input], { shapes, columns, inputs }) {
  const end = layer === columns.length - 1 ? "the output" : `unit ${unit} of layer ${layer}`;
  if (input === shapes[layer - 1][1] - 1) return `the bias of ${end}`;
  const start = layer === 1 ? inputs[input] : `unit ${input} of layer ${layer - 1}`;
  return `from ${start} to ${end}`;
}

/** Where a parameter stands among all, which are one [W | b] after another, row by row. @param {Selection} selection @param {[number, number][]} shapes */
export function placeAmong([layer, unit, input], shapes) {
  const before = shapes.slice(0, layer - 1).reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  return before + unit * shapes[layer - 1][1] + input;
}

/**
 * A weight, or a unit with its bias, with all numbers that a face shows there.
 *
 * @param {import("./layout.js").Part} part
 * @param {DiagramPayload} diagram
 * @param {Blocks} blocks
 * @param {ArrayLike<number> | null} [parameters]  all, for a face whose passing numbers have none
 */
export function inWords({ selection, index, box }, diagram, blocks, parameters = null) {
  const name = nameOf(selection, diagram.shapes[selection[0] - 1][1]);
  const value = blocks[box ? "b" : "w"]?.[index] ?? parameters?.[placeAmong(selection, diagram.shapes)];
  const equals = value === undefined ? name : `${name} = ${rounded(value, WORD_DIGITS)}`;
  const more = (box ? OF_UNIT : OF_LINE)
    .filter(([block]) => block in blocks && !Number.isNaN(blocks[block][index]))
    .map(([block, words]) => `; ${words} = ${rounded(blocks[block][index], WORD_DIGITS)}`);
  const isOff = diagram.off.some(([layer, unit]) => layer === selection[0] && unit === selection[1]);
  const state = !box ? "" : isOff ? "; switched off" : blocks.kept?.[index] === 0 ? "; dropped in this step" : "";
  return `${equals}, ${roleOf(selection, diagram)}${more.join("")}${state}`;
}
