// The frames of the board: what of an answer's arrays belongs to each.

import { countOf, rowOf } from "../shared/rows.js";

/**
 * @typedef {import("../contract.js").BoardState} BoardState
 * @typedef {import("../contract.js").Numbers} Numbers
 *
 * @typedef {object} UnitArrays  what the units contribute to a curve, or their maps of a plane
 * @property {Numbers} hidden  their outputs, one after another
 * @property {Numbers | null} weighted  the same, times the weight of each
 * @property {Numbers | null} order  the units, the largest contribution first
 * @property {number | undefined} bias  of the output
 *
 * @typedef {object} Frame
 * @property {number} epoch
 * @property {number} loss
 * @property {number | null} test_loss
 * @property {number | null} objective
 * @property {number} change
 * @property {number} gradient_norm
 * @property {Numbers | null} output  the curve
 * @property {Numbers | null} shades  or the map
 * @property {Numbers | null} confusion
 * @property {Numbers | null} parameters
 * @property {UnitArrays | null} units
 * @property {Numbers | null} measures
 * @property {FaceNumbers | null} face
 * @property {FaceSums | null} sums
 * @property {LayerNumbers | null} layers
 *
 * @typedef {{key: number | null, numbers: Numbers}} FaceNumbers  of the network's drawing, and which face it is
 * @typedef {{key: number | null, parameter: string, lines: string}} FaceSums  how the numbers at a parameter are computed there
 * @typedef {{epoch: number, numbers: Numbers, places: UnitPlaces | null}} LayerNumbers  of all layers, one after another, and when
 * @typedef {{of: string, numbers: Numbers}} UnitPlaces  Z, then A of a unit on the training examples, and whose
 */

/** What does not come with every frame. */
export const REMEMBERED = /** @type {const} */ ([
  "parameters",
  "units",
  "output",
  "shades",
  "confusion",
  "measures",
  "face",
  "sums",
  "layers",
]);

/** What is remembered before the first frame. @returns {Pick<Frame, typeof REMEMBERED[number]>} */
export function nothing() {
  return {
    parameters: null,
    units: null,
    output: null,
    shades: null,
    confusion: null,
    measures: null,
    face: null,
    sums: null,
    layers: null,
  };
}

/**
 * Some frames come without parameters, without an output, without units or without measures; the last frame of an answer has all.
 *
 * @param {BoardState} state
 * @returns {Frame[]}
 */
export function framesOf({ arrays, test_losses, objectives, plane, ...state }) {
  const {
    parameter_rows,
    output_rows,
    unit_rows,
    measure_rows = [],
    face_rows = [],
    face_key = null,
    face_scales = [],
    face_sums = [],
    layer_rows = [],
  } = state;
  const [withParameters, withOutput, withUnits, withMeasures, withFace, withLayers] = [
    parameter_rows,
    output_rows,
    unit_rows,
    measure_rows,
    face_rows,
    layer_rows,
  ].map(countOf);
  return Array.from(arrays.epochs, (epoch, i) => {
    const output = rowOf(arrays.outputs, output_rows[i], withOutput);
    const numbers = scaled(rowOf(arrays.face, face_rows[i], withFace), face_scales);
    const sums = face_sums.find(([frame]) => frame === i);
    const ofLayers = rowOf(arrays.layers, layer_rows[i], withLayers);
    const ofUnit = rowOf(arrays.unit_places, layer_rows[i], withLayers);
    const places = ofUnit && { of: String(state.slopes_of), numbers: ofUnit };
    return {
      epoch,
      loss: arrays.losses[i],
      test_loss: test_losses[i],
      objective: objectives?.[i] ?? null,
      change: arrays.changes[i],
      gradient_norm: arrays.gradient_norms[i],
      output: plane ? null : output,
      shades: plane ? output : null,
      confusion: rowOf(arrays.confusions, output_rows[i], withOutput),
      parameters: rowOf(arrays.parameters, parameter_rows[i], withParameters),
      units: unitsOf(arrays, unit_rows[i], withUnits),
      measures: rowOf(arrays.measures, measure_rows[i], withMeasures),
      face: numbers && { key: face_key, numbers },
      sums: sums ? { key: face_key, parameter: String(sums[1]), lines: sums[2] } : null,
      layers: ofLayers && { epoch, numbers: ofLayers, places },
    };
  });
}

/**
 * @param {BoardState["arrays"]} arrays
 * @param {number | null} row
 * @param {number} count
 * @returns {UnitArrays | null}
 */
function unitsOf(arrays, row, count) {
  const hidden = rowOf(arrays.hidden, row, count);
  if (!hidden || row === null) return null;
  const weights = rowOf(arrays.unit_weights, row, count);
  return {
    hidden,
    weighted: weights && weighted(hidden, weights),
    order: rowOf(arrays.order, row, count),
    bias: arrays.biases?.[row],
  };
}

/** Numbers out of blocks that each have a unit. @param {Numbers | null} numbers @param {[size: number, scale: number][]} scales */
function scaled(numbers, scales) {
  const each = scales.flatMap(([size, scale]) => Array(size).fill(scale));
  return numbers && Float64Array.from(numbers, (number, i) => number * each[i]);
}

/** The curve of each unit times its weight. @param {Numbers} hidden  one after another @param {Numbers} weights */
function weighted(hidden, weights) {
  const size = hidden.length / weights.length;
  return Float64Array.from(hidden, (a, i) => weights[Math.floor(i / size)] * a);
}
