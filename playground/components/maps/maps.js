// Draws the map of every unit of a layer, as tiles of one chart. The maps come with the board's frames.

import { themeOf } from "../shared/colors.js";
import { create, find, setText } from "../shared/dom.js";
import { roundUp, short } from "../shared/format.js";
import { joinBoard } from "../shared/frame_events.js";
import { mount } from "../shared/mount.js";
import { drawOrTell } from "../shared/no_charts.js";
import { draw, onClick, restyle } from "../shared/plotly.js";
import { largest } from "../shared/rows.js";
import { writeGradient } from "../shared/shades.js";
import { TileLayout } from "./tiles.js";

const INTERVAL_MS = 250;
const MAX_TILE_PX = 150; // how wide a tile is at most

/**
 * @typedef {import("../view_contract.js").MapsPayload} MapsPayload
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 */

class Maps {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send;
    /** @type {import("../shared/plotly.js").Plot} */
    this.plot = find(element, ".plot");
    /** @type {MapsPayload | null} */
    this.payload = null;
    /** @type {TileLayout | null} */
    this.tiles = null;
    /** @type {SharedFrame | null} */
    this.frame = null; // the latest
    /** @type {import("../shared/rows.js").Numbers | null} */
    this.maps = null; // on screen
    this.width = 0;
    this.closed = false;
    this.leaveBoard = () => {};
    this.drawing = Promise.resolve(true); // to whether the charts are drawn
    this.sizes = new ResizeObserver(() => {
      if (this.payload && this.width !== element.clientWidth) this.redraw();
    });
    this.sizes.observe(element);
  }

  close() {
    this.closed = true;
    this.leaveBoard();
    this.sizes.disconnect();
  }

  /** @param {MapsPayload} data */
  async receive(data) {
    this.payload = data;
    if (!(await this.redraw()) || this.closed || data !== this.payload) return;
    this.leaveBoard();
    this.leaveBoard = joinBoard({ run_id: data.run_id, intervalMs: INTERVAL_MS, drawnAt: 0, update: this.update });
  }

  redraw() {
    this.drawing = this.drawing.then(() => drawOrTell(this.element, () => this.draw()));
    return this.drawing;
  }

  async draw() {
    const data = /** @type {MapsPayload} */ (this.payload);
    this.width = this.element.clientWidth;
    if (!this.width) return;
    const tiles = new TileLayout(data, this.width);
    this.tiles = tiles;
    const cellPx = Math.min(this.width / tiles.across, MAX_TILE_PX / data.cells);
    const chart = find(this.element, ".chart");
    Object.assign(chart.style, { width: `${cellPx * tiles.across}px`, height: `${cellPx * tiles.down}px` });
    chart.ariaLabel = `Heatmaps of the activation of each of ${data.units} units over the plane`;
    const figure = structuredClone(data.figures[themeOf(this.element)]);
    const [trace] = figure.data;
    figure.layout.xaxis.range = [-0.5, tiles.across - 0.5];
    figure.layout.yaxis.range = [tiles.down - 0.5, -0.5];
    trace.customdata = tiles.fill((unit) => unit);
    trace.z = tiles.fill(() => 0);
    writeGradient(this.element, trace.colorscale);
    await draw(this.plot, figure);
    onClick(this.plot, ({ points: [{ customdata }] }) =>
      this.send("select", [data.layer, customdata, data.columns - 1]),
    );
    this.writeNames(data, tiles, cellPx);
    this.maps = null;
    if (this.frame) this.update(this.frame);
  }

  /** @param {MapsPayload} data @param {TileLayout} tiles @param {number} cellPx */
  writeNames({ units, selected }, tiles, cellPx) {
    const names = Array.from({ length: units }, (_, unit) => {
      const { top, left } = tiles.placeOf(unit);
      const name = create("span", `unit ${unit}`, unit === selected ? "selected" : "");
      Object.assign(name.style, { left: `${cellPx * left}px`, top: `${cellPx * (top + 0.8)}px` });
      return name;
    });
    find(this.element, ".names").replaceChildren(...names);
  }

  update = (/** @type {SharedFrame} */ frame) => {
    this.frame = frame;
    const { tiles } = this;
    const maps = frame.units?.hidden;
    if (!tiles || !maps || maps === this.maps || maps.length !== tiles.units * tiles.cells ** 2) return;
    this.maps = maps;
    const limit = roundUp(largest(maps, 1e-6));
    const z = tiles.fill((unit, row, column) => maps[(unit * tiles.cells + row) * tiles.cells + column]);
    restyle(this.plot, { z: [z], zmin: -limit, zmax: limit }, [0]);
    setText(find(this.element, ".from"), `−${short(limit)}`);
    setText(find(this.element, ".to"), short(limit));
  };
}

export default mount(".maps", Maps);
