// The charts that are not drawn at every repaint: all of them at once would take longer than a repaint may.

/**
 * @typedef {object} SharedFrame  what a secondary chart is shown
 * @property {number} run_id
 * @property {boolean} playing
 * @property {number} epoch
 * @property {number} loss
 * @property {number | null} test_loss
 * @property {import("./rows.js").Numbers | null} confusion
 * @property {import("./rows.js").Numbers | null} parameters
 * @property {number[]} limits  per layer, of the colours of its parameters
 * @property {import("../board/frames.js").UnitArrays | null} units
 * @property {import("./rows.js").Numbers | null} measures
 * @property {import("../board/frames.js").FaceNumbers | null} face
 * @property {import("../board/frames.js").FaceSums | null} sums
 * @property {import("../board/frames.js").LayerNumbers | null} layers
 *
 * @typedef {object} SecondaryChart
 * @property {number} intervalMs  how often it is drawn at most; 0 for a view that is shown every frame
 * @property {number} drawnAt
 * @property {(frame: SharedFrame) => void} update
 */

/**
 * The chart that is most overdue, or null where none is due.
 *
 * @param {SecondaryChart[]} charts
 * @param {number} now
 * @returns {SecondaryChart | null}
 */
export function mostOverdue(charts, now) {
  const overdueMs = (/** @type {SecondaryChart} */ chart) => now - chart.drawnAt - chart.intervalMs;
  const due = charts.filter((chart) => overdueMs(chart) >= 0);
  return due.length ? due.reduce((a, b) => (overdueMs(b) > overdueMs(a) ? b : a)) : null;
}
