// Where the units and weights of a diagram stand: the units in columns, one per layer, the input first.

import { placeOf } from "./parameters.js";

const ROW_PX = 23; // per unit
const TITLES_PX = 44; // above the units
const BOTTOM_PX = 10;
const UNIT_PX = { height: 18, width: 62, share: 0.62 }; // at most so wide, and at most this share of a column

/**
 * @typedef {import("./hit_testing.js").Box} Box
 * @typedef {import("./hit_testing.js").Ends} Ends
 * @typedef {import("../contract.js").Selection} Selection
 * @typedef {import("../view_contract.js").DiagramPayload} DiagramPayload
 *
 * @typedef {object} Part  a weight with the ends of its line, or a bias with the box of its unit
 * @property {Selection} selection
 * @property {number} place  among all parameters
 * @property {number} layer  from 0
 * @property {Ends} [ends]
 * @property {Box} [box]
 *
 * @typedef {object} DiagramLayout
 * @property {number} height
 * @property {Part[]} parts
 * @property {{box: Box, text: string}[]} inputs
 * @property {{x: number, title: string, note: string, fold: {y: number, text: string} | null}[]} columns
 */

/** @param {DiagramPayload} diagram @param {number} width  in pixels @returns {DiagramLayout} */
export function layOut({ columns, inputs, shapes }, width) {
  const rowsOf = (/** @type {DiagramPayload["columns"][number]} */ { units, folded }) =>
    units.length + (folded ? 1 : 0);
  const height = TITLES_PX + ROW_PX * Math.max(...columns.map(rowsOf)) + BOTTOM_PX;
  const columnWidth = width / columns.length;
  const unitWidth = Math.min(UNIT_PX.width, columnWidth * UNIT_PX.share);
  const x = (/** @type {number} */ column) => columnWidth * (column + 0.5);
  const y = (/** @type {number} */ column, /** @type {number} */ row) =>
    (TITLES_PX + height - BOTTOM_PX) / 2 + ROW_PX * (row + 0.5 - rowsOf(columns[column]) / 2);
  const boxAt = (/** @type {number} */ column, /** @type {number} */ row) => ({
    x: x(column) - unitWidth / 2,
    y: y(column, row) - UNIT_PX.height / 2,
    width: unitWidth,
    height: UNIT_PX.height,
  });
  /** @type {Part[]} */
  const parts = [];
  for (const [layer, [, across]] of shapes.entries()) {
    const [from, to] = [columns[layer], columns[layer + 1]];
    const addPart = (/** @type {number} */ unit, /** @type {number} */ input, /** @type {Partial<Part>} */ shape) => {
      /** @type {Selection} */
      const selection = [layer + 1, unit, input];
      parts.push({ selection, place: placeOf(selection, shapes), layer, ...shape });
    };
    for (const [row, unit] of to.units.entries()) {
      for (const [source, input] of from.units.entries()) {
        const [x1, x2] = [x(layer) + unitWidth / 2, x(layer + 1) - unitWidth / 2];
        addPart(unit, input, { ends: { x1, y1: y(layer, source), x2, y2: y(layer + 1, row) } });
      }
      addPart(unit, across - 1, { box: boxAt(layer + 1, row) });
    }
  }
  return {
    height,
    parts,
    inputs: columns[0].units.map((input, row) => ({ box: boxAt(0, row), text: inputs[input] })),
    columns: columns.map(({ title, note, units, folded }, i) => {
      const fold = folded ? { y: y(i, units.length), text: `+ ${folded} more` } : null;
      return { x: x(i), title, note, fold };
    }),
  };
}
