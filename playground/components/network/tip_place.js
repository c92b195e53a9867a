// Where what is said of the part under the pointer stands: inside the drawing, and not over that part or its neighbours.

const NARROW_PX = 480; // a drawing in which there is no room beside the pointer: below it or above it
const APART_PX = 14; // from the pointer, or from the column of the unit
const LEAST_PX = 150; // between two columns: with less room it stands at the other end of the drawing

/** @typedef {import("./hit_testing.js").Box} Box */

/**
 * The styles of the tip. Beside a unit it stands between two columns, so that the units that one points at next are seen.
 *
 * @param {[number, number]} at  the pointer's place in the whole drawing
 * @param {{clientWidth: number, clientHeight: number, scrollLeft: number}} canvas  what is seen of the drawing
 * @param {Box | undefined} unit  what the pointer is on; undefined for a line
 * @param {Box[]} units  all of them
 */
export function placeOfTip([x, y], { clientWidth, clientHeight, scrollLeft }, unit, units) {
  const isLow = y > clientHeight / 2;
  const below = (/** @type {number} */ apart) => ({ top: `${y + apart}px`, bottom: "auto" });
  const above = (/** @type {number} */ apart) => ({ top: "auto", bottom: `${clientHeight - y + apart}px` });
  const beside = isLow ? above : below;
  if (clientWidth < NARROW_PX)
    return { left: `${scrollLeft + 4}px`, right: "auto", ...beside(20), maxWidth: `${clientWidth - 8}px` };
  const isRight = x - scrollLeft > clientWidth / 2;
  const [start, end] = unit ? [unit.x, unit.x + unit.width] : [x, x];
  const edge = isRight ? start - APART_PX : end + APART_PX;
  const sides = isRight ? { left: "auto", right: `${clientWidth - edge}px` } : { left: `${edge}px`, right: "auto" };
  if (!unit) return { ...sides, ...beside(20), maxWidth: "" };
  const gaps = units.map((box) => (isRight ? edge - box.x - box.width : box.x - edge)).filter((gap) => gap > 0);
  const room = Math.min(isRight ? edge - scrollLeft : scrollLeft + clientWidth - edge, ...gaps) - APART_PX;
  if (room >= LEAST_PX) return { ...sides, ...beside(-12), maxWidth: `${room}px` };
  return { ...sides, ...(isLow ? { top: "4px", bottom: "auto" } : { top: "auto", bottom: "4px" }), maxWidth: "" };
}
