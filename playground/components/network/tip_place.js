// Where what is said of the part under the pointer stands: inside the drawing, and not over that part or its neighbours.

const NARROW_PX = 480; // a drawing in which there is no room beside the pointer: below it or above it
const APART_PX = 14; // from the pointer, or from the column of the unit
const LEAST_PX = 150; // wide

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
  const isNarrow = clientWidth < NARROW_PX;
  const apart = isNarrow || !unit ? 20 : -12;
  const upright = { top: isLow ? "auto" : `${y + apart}px`, bottom: isLow ? `${clientHeight - y + apart}px` : "auto" };
  if (isNarrow) return { left: `${scrollLeft + 4}px`, right: "auto", ...upright, maxWidth: `${clientWidth - 8}px` };
  if (x - scrollLeft > clientWidth / 2) {
    const edge = (unit ? unit.x : x) - APART_PX;
    const ends = units.map((box) => box.x + box.width).filter((end) => end < edge);
    return {
      left: "auto",
      right: `${clientWidth - edge}px`,
      ...upright,
      maxWidth: widthOf(unit, edge - Math.max(0, ...ends)),
    };
  }
  const edge = (unit ? unit.x + unit.width : x) + APART_PX;
  const ends = units.map((box) => box.x).filter((end) => end > edge);
  const end = Math.min(scrollLeft + clientWidth, ...ends);
  return { left: `${edge}px`, right: "auto", ...upright, maxWidth: widthOf(unit, end - edge) };
}

/** @param {Box | undefined} unit @param {number} room */
function widthOf(unit, room) {
  return unit ? `${Math.max(LEAST_PX, room - APART_PX)}px` : "";
}
