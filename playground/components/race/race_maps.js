// The maps of a race on a plane: each contestant's output, all on one scale of colours, with the points over it.

import { create, find, findAll, setText } from "../shared/dom.js";
import { draw, restyle } from "../shared/plotly.js";
import { rowsOf } from "../shared/rows.js";
import { writeGradient, writeLimits } from "../shared/shades.js";

/**
 * @typedef {import("../shared/plotly.js").Plot} Plot
 * @typedef {import("../shared/rows.js").Numbers} Numbers
 * @typedef {import("./frames.js").RaceFrame} RaceFrame
 *
 * @typedef {object} Tile  of one contestant
 * @property {string} name
 * @property {HTMLElement} figure
 * @property {HTMLElement} chart
 * @property {HTMLElement} accuracy
 * @property {Numbers | null} shades  on screen
 */

export class RaceMaps {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.cells = 0;
    /** @type {Tile[]} */
    this.tiles = [];
    /** @type {RaceFrame | null} */
    this.frame = null; // the last one with maps
    this.next = 0;
  }

  forget() {
    this.tiles = [];
    this.frame = null;
    this.next = 0;
  }

  /** @param {RaceFrame} frame */
  remember(frame) {
    if (frame.shades) this.frame = frame;
  }

  /**
   * Draws all of them anew, for another race or another theme; for a curve there are none.
   *
   * @param {import("../race_contract.js").RaceHeader} header
   * @param {import("../race_contract.js").RaceFigures} figures
   */
  async draw({ names, plane }, { small, classes, colors }) {
    if (!plane || !small || !classes) return;
    const tiles = names.map((name, i) => createTile(name, colors[i]));
    find(this.element, ".tiles").replaceChildren(...tiles.map(({ figure }) => figure));
    const [map, points] = small;
    /** @type {Plot[]} */
    const plots = findAll(this.element, ".plot");
    for (const plot of plots) await draw(plot, plot.classList.contains("moving") ? map : points);
    writeGradient(this.element, map.data[0].colorscale);
    writeLimits(this.element, plane.limits);
    this.element.classList.toggle("classes", plane.classes > 0);
    const keys = classes.slice(0, plane.classes).map((color, k) => addDot(create("li", plane.class_names[k]), color));
    find(this.element, ".key").replaceChildren(...keys);
    this.tiles = tiles;
    this.cells = plane.cells;
  }

  /** Draws the next contestant's map: all of them at once would take longer than a repaint may. */
  drawNext() {
    if (!this.tiles.length) return;
    this.next = (this.next + 1) % this.tiles.length;
    this.drawTile(this.next);
  }

  drawAll() {
    for (const i of this.tiles.keys()) this.drawTile(i);
  }

  /** @param {number} i */
  drawTile(i) {
    const tile = this.tiles[i];
    const shades = this.frame?.shades?.[i];
    if (!shades || tile.shades === shades) return;
    tile.shades = shades;
    restyle(find(tile.chart, ".moving"), { z: [rowsOf(shades, this.cells)] }, [0]);
  }

  /** What each map shows, for those who cannot see it too. */
  updateText() {
    if (!this.frame) return;
    const { epoch, losses, accuracies } = this.frame;
    for (const [i, { name, chart, accuracy }] of this.tiles.entries()) {
      const share = accuracies ? `${(100 * accuracies[i]).toFixed(1)} %` : "";
      setText(accuracy, share);
      const words = [`loss ${losses[i].toPrecision(5)}`, ...(share ? [`accuracy ${share}`] : [])];
      chart.ariaLabel = `The output of ${name} over the plane at epoch ${epoch}: ${words.join(", ")}`;
    }
  }
}

/** @param {string} name @param {string} color @returns {Tile} */
function createTile(name, color) {
  const [figure, caption, accuracy, chart] = [
    create("figure"),
    create("figcaption", name),
    create("span"),
    create("div", "", "chart"),
  ];
  caption.append(accuracy);
  addDot(caption, color);
  chart.role = "img";
  chart.append(create("div", "", "plot moving"), create("div", "", "plot"));
  figure.append(caption, chart);
  return { name, figure, chart, accuracy, shades: null };
}

/** @template {HTMLElement} Kind @param {Kind} element @param {string} color @returns {Kind} */
function addDot(element, color) {
  const dot = create("i");
  dot.style.background = color;
  element.prepend(dot);
  return element;
}
