// Which part of a diagram the pointer is on: a unit, or the line that is nearest.

const HIT_RADIUS_PX = 7; // how near to a line the pointer is on it

/**
 * @typedef {[number, number]} Position
 * @typedef {{x1: number, y1: number, x2: number, y2: number}} Ends  of a line
 * @typedef {{x: number, y: number, width: number, height: number}} Box
 */

/**
 * @template {{ends?: Ends, box?: Box}} Part
 * @param {Part[]} parts
 * @param {Position} position
 * @returns {Part | null}
 */
export function partAt(parts, position) {
  let [best, nearest] = [/** @type {Part | null} */ (null), HIT_RADIUS_PX];
  for (const part of parts) {
    if (part.box && isInside(position, part.box)) return part;
    const distance = part.ends ? distanceToLine(position, part.ends) : Number.POSITIVE_INFINITY;
    if (distance < nearest) [best, nearest] = [part, distance];
  }
  return best;
}

/** @param {Position} position @param {Ends} ends */
export function distanceToLine([x, y], { x1, y1, x2, y2 }) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy);
  const t = Math.max(0, Math.min(1, along));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}

/** @param {Position} position @param {Box} box */
export function isInside([x, y], box) {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
}
