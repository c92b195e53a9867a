// The cells of [W | b] on a canvas over their heatmap, while they change ten times a second: Plotly takes 8 ms for each change.

/**
 * @typedef {import("../shared/rows.js").Numbers} Numbers
 *
 * @typedef {object} Cells
 * @property {Numbers} Wb  the rows, one after another
 * @property {[number, number]} shape  rows and columns, the last of which is b
 * @property {number} limit  what gets the last colour; its opposite gets the first
 * @property {number[]} widths  of W, of the gap before b, and of b
 * @property {[number, number]} gaps  in pixels, between columns and between rows
 */

const SHADES = 1024; // as many as can be told apart

/** The colours from the first to the last, as pixels. @param {string[]} colors  as #rrggbb, at equal distances */
export function shadesOf(colors) {
  const stops = colors.map((color) => (color.match(/\w\w/g) ?? []).map((hex) => Number.parseInt(hex, 16)));
  const shades = new Uint8ClampedArray(4 * SHADES).fill(255);
  for (let i = 0; i < SHADES; i++) {
    const at = (i / (SHADES - 1)) * (stops.length - 1);
    const k = Math.min(Math.floor(at), stops.length - 2);
    for (let c = 0; c < 3; c++) shades[4 * i + c] = stops[k][c] + (at - k) * (stops[k + 1][c] - stops[k][c]);
  }
  return new Uint32Array(shades.buffer);
}

/** The pixel of a value; of what is no number a transparent one. @param {number} value @param {number} limit @param {Uint32Array} shades */
export function shadeOf(value, limit, shades) {
  if (!Number.isFinite(value)) return 0;
  const share = Math.min(Math.max(0.5 + value / (2 * limit), 0), 1);
  return shades[Math.round(share * (SHADES - 1))];
}

/** Draws them where Plotly draws them. @param {HTMLCanvasElement} canvas @param {Cells} cells @param {Uint32Array} shades */
export function drawCells(canvas, { Wb, shape, limit, widths, gaps }, shades) {
  const { clientWidth: width, clientHeight: height } = canvas;
  if (!width || !height) return;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const [rows, columns] = shape;
  const [wide, gap, narrow] = widths;
  const x = (/** @type {number} */ at) => Math.round((at / (wide + gap + narrow)) * width);
  const y = (/** @type {number} */ at) => Math.round((at / rows) * height);
  const pixels = new Uint32Array(width * height);
  for (let i = 0; i < rows; i++) {
    const line = new Uint32Array(width);
    for (let j = 0; j < columns; j++) {
      const [left, right] = j < columns - 1 ? [j, j + 1] : [wide + gap, wide + gap + narrow];
      line.fill(shadeOf(Wb[i * columns + j], limit, shades), x(left), x(right) - gaps[0]);
    }
    for (let row = y(i); row < y(i + 1) - gaps[1]; row++) pixels.set(line, row * width);
  }
  contextOf(canvas).putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
}

/** Shows what is below. @param {HTMLCanvasElement} canvas */
export function clearCells(canvas) {
  contextOf(canvas).clearRect(0, 0, canvas.width, canvas.height);
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("This browser draws on no canvas");
  return context;
}
