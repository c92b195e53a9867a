// Where the units and weights of a diagram stand: the units in columns, one per layer, the input first.

const ROW_PX = 23; // per unit
const TITLES_PX = 58; // above the units
const BOTTOM_PX = 10;
const UNIT_PX = { height: 18, width: 62, pair: 124, share: 0.62 }; // at most so wide, and at most this share of a column
const PAIR_COLUMN_PX = 150; // at least, where two numbers stand in a unit: a narrow page scrolls
const TARGET_PX = 84; // beside the output, for its target
const LABEL_PX = 70; // a line that is as long has room for a number

/**
 * @typedef {import("./hit_testing.js").Box} Box
 * @typedef {import("./hit_testing.js").Ends} Ends
 * @typedef {import("../contract.js").Selection} Selection
 * @typedef {import("../view_contract.js").DiagramPayload} DiagramPayload
 *
 * @typedef {object} Part  a weight with the ends of its line, or a bias with the box of its unit
 * @property {Selection} selection
 * @property {number} index  among the units or the lines that are drawn
 * @property {number} layer  from 0
 * @property {Ends} [ends]
 * @property {{x: number, y: number} | null} [label]  of a line, where its number stands
 * @property {Box} [box]
 *
 * @typedef {object} DiagramLayout
 * @property {number} width
 * @property {number} height
 * @property {Part[]} parts
 * @property {{box: Box, text: string, input: number}[]} inputs
 * @property {{x: number, title: string, note: string, fold: {y: number, text: string} | null}[]} columns
 */

/** @param {DiagramPayload} diagram @param {number} room  its width in pixels @returns {DiagramLayout} */
export function layOut({ columns, inputs, shapes, selected, face }, room) {
  const rowsOf = (/** @type {DiagramPayload["columns"][number]} */ { units, folded }) =>
    units.length + (folded ? 1 : 0);
  const isPair = face !== "weights";
  const beside = isPair ? TARGET_PX : 0; // in every face, so that nothing moves from one to the next
  const width = isPair ? Math.max(room, columns.length * PAIR_COLUMN_PX + beside) : room;
  const height = TITLES_PX + ROW_PX * Math.max(...columns.map(rowsOf)) + BOTTOM_PX;
  const columnWidth = (width - beside) / columns.length;
  const unitWidth = Math.min(isPair ? UNIT_PX.pair : UNIT_PX.width, columnWidth * UNIT_PX.share);
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
  let [lines, units] = [0, 0];
  for (const [layer, [, across]] of shapes.entries()) {
    const [from, to] = [columns[layer], columns[layer + 1]];
    const [few, one] = [from.units.length === 1, to.units.length === 1];
    const [x1, x2] = [x(layer) + unitWidth / 2, x(layer + 1) - unitWidth / 2];
    const share = few && one ? 0.5 : few ? 0.7 : 0.3; // the end where the lines are apart
    for (const [row, unit] of to.units.entries()) {
      const isSelected = selected?.[0] === layer + 1 && selected[1] === unit;
      const isLabelled = isPair && x2 - x1 >= LABEL_PX && (few || one || isSelected);
      for (const [source, input] of from.units.entries()) {
        const ends = { x1, y1: y(layer, source), x2, y2: y(layer + 1, row) };
        const label = isLabelled ? alongLine(ends, share) : null;
        parts.push({ selection: [layer + 1, unit, input], index: lines++, layer, ends, label });
      }
      parts.push({ selection: [layer + 1, unit, across - 1], index: units++, layer, box: boxAt(layer + 1, row) });
    }
  }
  return {
    width,
    height,
    parts,
    inputs: columns[0].units.map((input, row) => ({ box: boxAt(0, row), text: inputs[input], input })),
    columns: columns.map(({ title, note, units, folded }, i) => {
      const fold = folded ? { y: y(i, units.length), text: `+ ${folded} more` } : null;
      return { x: x(i), title, note, fold };
    }),
  };
}

/** Whether some lines have no room for their number. @param {DiagramLayout} layout */
export function hasUnlabelled({ parts }) {
  return parts.some(({ ends, label }) => ends && !label);
}

/** @param {Ends} ends @param {number} share  of the way */
function alongLine({ x1, y1, x2, y2 }, share) {
  return { x: x1 + share * (x2 - x1), y: y1 + share * (y2 - y1) };
}
