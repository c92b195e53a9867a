// Arrays that hold several equal rows, one after another, as NumPy lays them out.

/** @typedef {Float64Array | Float32Array | Uint16Array | Uint8Array} Numbers */

/**
 * One of `count` equal rows; null where there is none.
 *
 * @template {Numbers} Kind
 * @param {Kind | undefined} array
 * @param {number | null} row
 * @param {number} count
 * @returns {Kind | null}
 */
export function rowOf(array, row, count) {
  if (!array || row === null) return null;
  const size = array.length / count;
  return /** @type {Kind} */ (array.subarray(row * size, (row + 1) * size));
}

/**
 * All of `count` equal rows.
 *
 * @template {Numbers} Kind
 * @param {Kind} array
 * @param {number} count
 * @returns {Kind[]}
 */
export function rowsOf(array, count) {
  return Array.from({ length: count }, (_, row) => /** @type {Kind} */ (rowOf(array, row, count)));
}

/** How many frames an array of rows belongs to. @param {(number | null)[]} rows */
export function countOf(rows) {
  return rows.filter((row) => row !== null).length;
}

/**
 * A recorded curve up to an epoch, ending in the value of the frame of that epoch.
 *
 * @param {number[]} epochs
 * @param {number[] | undefined} values
 * @param {{epoch: number, value: number | null}} end
 */
export function curveUpTo(epochs, values, { epoch, value }) {
  const count = epochs.findLastIndex((each) => each < epoch) + 1;
  return { x: [...epochs.slice(0, count), epoch], y: [...(values ?? []).slice(0, count), value] };
}

/**
 * Where a loss of 0 is drawn on a logarithmic axis: at its tick "0"; 0 where there is none.
 *
 * @param {import("../contract.js").Ticks} ticks
 */
export function floorOf({ tickvals, ticktext }) {
  return ticktext[0] === "0" ? tickvals[0] : 0;
}

/**
 * A curve that lies on the floor where it is below, and keeps its own numbers for those who ask.
 *
 * @param {{x: number[], y: (number | null)[]}} curve
 * @param {number} floor
 */
export function floored({ x, y }, floor) {
  return floor ? { x, y: y.map((value) => (value === null ? null : Math.max(value, floor))), customdata: y } : { x, y };
}

/** The largest magnitude among numbers, or `least` where that is larger. @param {Numbers} numbers @param {number} least */
export function largest(numbers, least = 0) {
  let found = least;
  for (const number of numbers) found = Math.max(found, Math.abs(number));
  return found;
}

/** Whether two arrays differ nowhere by more than a tolerance. @param {Numbers | null} a @param {Numbers | null} b @param {number} most */
export function areNear(a, b, most) {
  return a !== null && b !== null && a.length === b.length && a.every((value, i) => Math.abs(value - b[i]) <= most);
}
