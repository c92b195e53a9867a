// The heatmaps of the layers: one card each, with [W | b], its scale, and a frame around the selected weight or bias.

import { create, find, setText } from "../shared/dom.js";
import { short } from "../shared/format.js";
import { restyle } from "../shared/plotly.js";
import { rowsOf } from "../shared/rows.js";
import { clearCells, drawCells, shadesOf } from "./cell_canvas.js";

/**
 * @typedef {import("../contract.js").BoardState} BoardState
 * @typedef {import("../shared/rows.js").Numbers} Numbers
 */

export class WeightMaps {
  /** @param {HTMLElement} element  holds the cards */
  constructor(element) {
    this.element = element;
    this.shades = new Uint32Array();
  }

  /** One card per layer, reused from run to run. @param {BoardState["layers"]} layers @param {string[]} diverging */
  begin(layers, diverging) {
    const cards = this.element.children;
    this.shades = shadesOf(diverging);
    this.element.classList.toggle("many", layers.length > 3);
    while (cards.length > layers.length) this.element.lastElementChild?.remove();
    while (cards.length < layers.length) this.element.append(weightCard(cards.length + 1));
    for (const [i, { title, description, rows, columns, widths }] of layers.entries()) {
      const card = cards[i];
      setText(find(card, "h2"), title);
      setText(find(card, ".rows"), rows);
      setText(find(card, ".columns span"), columns);
      find(card, ".columns").style.gridTemplateColumns = widths.map((width) => `${width}fr`).join(" ");
      find(card, ".chart").ariaLabel = description;
      find(card, ".scale i").style.background = `linear-gradient(90deg, ${diverging.join(",")})`;
    }
  }

  /** Draws the [W | b] of a layer. @param {number} layer @param {Numbers} parameters @param {BoardState} header */
  update(layer, parameters, { shapes, limits }) {
    const card = this.element.children[layer];
    const limit = limits[layer];
    restyle(find(card, ".plot"), { z: [heatmapOf(layer, parameters, shapes)], zmin: -limit, zmax: limit }, [0]);
    const canvas = canvasOf(card);
    clearCells(canvas);
    canvas.dataset.epoch = "";
    this.writeScale(card, limit);
  }

  /**
   * Draws it of a frame that passes. Whoever points at a cell reads its number, which only Plotly's own heatmap has.
   *
   * @param {number} layer
   * @param {Numbers} parameters
   * @param {BoardState} header
   * @param {number} epoch
   */
  updatePassing(layer, parameters, header, epoch) {
    const card = this.element.children[layer];
    /** @type {import("../shared/plotly.js").Plot} */
    const plot = find(card, ".plot");
    if (plot.matches(":hover")) return this.update(layer, parameters, header);
    const [shape, limit, { widths }] = [header.shapes[layer], header.limits[layer], header.layers[layer]];
    const [{ xgap, ygap }] = plot.data;
    const Wb = parametersOf(layer, parameters, header.shapes);
    const canvas = canvasOf(card);
    drawCells(canvas, { Wb, shape, limit, widths, gaps: [xgap, ygap] }, this.shades);
    canvas.dataset.epoch = String(epoch);
    this.writeScale(card, limit);
  }

  /** @param {Element} card @param {number} limit */
  writeScale(card, limit) {
    const [low, , high] = find(card, ".scale").children;
    setText(low, `−${short(limit)}`);
    setText(high, short(limit));
  }

  /** Frames the selected weight or bias. @param {BoardState} header */
  outline({ selected, shapes, layers }) {
    for (const [i, card] of [...this.element.children].entries()) {
      const mark = find(card, ".selected");
      mark.hidden = i + 1 !== selected?.[0];
      if (mark.hidden || !selected) continue;
      const [, unit, input] = selected;
      const [rows, columns] = shapes[i];
      const [wide, gap] = layers[i].widths;
      const [left, width] = input === columns - 1 ? [wide + gap, 1] : [input, 1];
      const share = (/** @type {number} */ part, /** @type {number} */ whole) => `${(100 * part) / whole}%`;
      Object.assign(mark.style, {
        left: share(left, wide + gap + 1),
        width: share(width, wide + gap + 1),
        top: share(unit, rows),
        height: share(1, rows),
      });
    }
  }
}

/**
 * The rows of a layer's [W | b] out of all parameters, with a gap before b.
 *
 * @param {number} layer
 * @param {Numbers} parameters
 * @param {BoardState["shapes"]} shapes
 */
export function heatmapOf(layer, parameters, shapes) {
  const Wb = parametersOf(layer, parameters, shapes);
  return rowsOf(Wb, shapes[layer][0]).map((row) => [...row.subarray(0, -1), null, row[row.length - 1]]);
}

/**
 * A layer's [W | b] out of all parameters.
 *
 * @template {Numbers} Kind
 * @param {number} layer
 * @param {Kind} parameters
 * @param {BoardState["shapes"]} shapes
 * @returns {Kind}
 */
function parametersOf(layer, parameters, shapes) {
  const start = shapes.slice(0, layer).reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  const [rows, columns] = shapes[layer];
  return /** @type {Kind} */ (parameters.subarray(start, start + rows * columns));
}

/** @param {Element} card @returns {HTMLCanvasElement} */
function canvasOf(card) {
  return find(card, "canvas");
}

/**
 * The input whose weight stands in a column of a heatmap, the bias being the last; null in the gap.
 *
 * @param {number} column
 * @param {[number, number]} shape
 */
export function inputAt(column, [, columns]) {
  return column === columns - 1 ? null : Math.min(column, columns - 1);
}

/** @param {number} number  of the layer */
function weightCard(number) {
  const card = create("figure", "", "card");
  card.innerHTML = `<figcaption><h2></h2><span class="scale" translate="no"><span></span><i></i><span></span></span></figcaption>
    <div class="matrix">
      <span class="rows"></span>
      <div class="chart" translate="no" data-testid="weights-chart-${number}" role="img">
        <div class="plot"></div><canvas></canvas><i class="selected" hidden></i>
      </div>
      <div class="columns"><span></span><i></i><b translate="no">b</b></div>
    </div>`;
  return card;
}
