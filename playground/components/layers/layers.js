// Draws the layers beside each other: a quantity of each over the run, and at the moment shown; and a table of all.

import { themeOf } from "../shared/colors.js";
import { create, find, findAll, markChoice, onChoice, setText } from "../shared/dom.js";
import { atEpoch } from "../shared/format.js";
import { joinBoard } from "../shared/frame_events.js";
import { mount } from "../shared/mount.js";
import { drawOrTell } from "../shared/no_charts.js";
import { animate, draw, fitSizes, setAxes } from "../shared/plotly.js";
import { fillTable } from "../shared/table.js";
import { axisOf, inWords, SHOWN, withMoment } from "./quantities.js";
import { Slopes } from "./slopes.js";

const INTERVAL_MS = 250;
const COLUMNS = ["dZ", "dW", "Z", "A", "A_spread", "saturated", "dead"];

/**
 * @typedef {import("../view_contract.js").LayersPayload} LayersPayload
 * @typedef {import("../shared/plotly.js").Plot} Plot
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 * @typedef {import("./quantities.js").Moment} Moment
 */

class Layers {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send; // as `mount` gives it to every view; here nothing is sent
    /** @type {Plot[]} */
    const [past, present] = findAll(element, ".plot");
    this.past = past; // over the run
    this.present = present; // at the moment shown
    this.slopes = new Slopes(find(element, ".slopes"));
    /** @type {LayersPayload | null} */
    this.payload = null;
    /** @type {Moment[]} */
    this.moments = [];
    /** @type {SharedFrame | null} */
    this.frame = null; // the last that was shown
    /** @type {HTMLTableCellElement[][]} */
    this.cells = [];
    this.closed = false;
    this.leaveBoard = () => {};
    this.drawing = Promise.resolve(true); // to whether the charts are drawn
    this.quantity = onChoice(element, "quantity", (quantity) => this.choose(quantity));
    this.sizes = new ResizeObserver(() => fitSizes([past, present, this.slopes.plot]));
    this.sizes.observe(element);
  }

  close() {
    this.closed = true;
    this.leaveBoard();
    this.sizes.disconnect();
  }

  get data() {
    return /** @type {LayersPayload} */ (this.payload);
  }

  /** @param {LayersPayload} data */
  async receive(data) {
    this.payload = data;
    this.moments = data.epochs.map((epoch, i) => ({ epoch, numbers: data.history[i] }));
    this.writeHead();
    this.slopes.receive(data.slopes);
    this.drawing = this.drawing.then(() => drawOrTell(this.element, () => this.draw()));
    await this.drawing; // the table is there in any case
    if (this.closed || data !== this.data) return;
    this.leaveBoard();
    this.leaveBoard = joinBoard({ run_id: data.run_id, intervalMs: INTERVAL_MS, drawnAt: 0, update: this.update });
  }

  async draw() {
    const figures = this.data.figures[themeOf(this.element)];
    await draw(this.past, figures[0]);
    await draw(this.present, figures[1]);
    await this.slopes.draw(themeOf(this.element));
  }

  /** The legend, and the table without its numbers. */
  writeHead() {
    const { names, activations, colors } = this.data;
    const swatches = colors[themeOf(this.element)].map((color) => {
      const swatch = create("span", "", "swatch");
      swatch.style.background = color;
      return swatch;
    });
    const entries = names.map((name, i) => {
      const entry = create("span");
      entry.append(swatches[i], `${name} (${activations[i]})`);
      return entry;
    });
    find(this.element, ".legend").replaceChildren(...entries);
    this.cells = names.map((name, layer) =>
      COLUMNS.map((quantity) => {
        const cell = create("td", "–");
        Object.assign(cell.dataset, { layer: String(layer + 1), quantity: quantity, name });
        return cell;
      }),
    );
    fillTable(find(this.element, "table"), "Layer", COLUMNS.map(columnTitle), names, this.cells);
    this.choose(this.quantity);
  }

  /** @param {string} quantity */
  choose(quantity) {
    this.quantity = quantity;
    const { title, meaning } = SHOWN[quantity];
    markChoice(find(this.element, ".choices"), "quantity", quantity);
    setText(find(this.element, ".meaning"), `${title}. ${meaning}`);
    if (this.frame?.run_id === this.payload?.run_id && this.frame) this.update(this.frame);
  }

  update = (/** @type {SharedFrame} */ frame) => {
    this.frame = frame;
    const { layers, epoch } = frame;
    if (!layers || layers.epoch > epoch) return;
    if (layers.numbers.length !== this.data.names.length * this.data.quantities.length) return;
    const known = this.moments.find((moment) => moment.epoch === layers.epoch);
    if (!known) this.moments = withMoment(this.moments, layers);
    this.writeTable(layers);
    this.move(layers);
    this.slopes.move(layers.places);
  };

  /** The numbers of a layer that a quantity has at a moment. @param {Moment} moment @param {number} layer @param {string} quantity */
  numbersOf({ numbers }, layer, quantity) {
    const { quantities } = this.data;
    return SHOWN[quantity].names.map(
      (name) => numbers[layer * quantities.length + quantities.indexOf(name)] ?? Number.NaN,
    );
  }

  /** @param {Moment} moment */
  writeTable(moment) {
    for (const [layer, row] of this.cells.entries()) {
      for (const [i, quantity] of COLUMNS.entries()) {
        const values = this.numbersOf(moment, layer, quantity);
        setText(row[i], values.map((value) => inWords(value, SHOWN[quantity].scale)).join(" | "));
        row[i].dataset.value = values.join(",");
      }
    }
  }

  /** Moves both charts. @param {Moment} now */
  move(now) {
    const { names } = this.data;
    const { title, scale } = SHOWN[this.quantity];
    const until = this.moments.filter(({ epoch }) => epoch < now.epoch);
    const moments = [...until, now];
    const layers = names.map((_, layer) => moments.map((moment) => this.numbersOf(moment, layer, this.quantity)));
    const axis = axisOf(layers.flat(2).filter(Number.isFinite), scale);
    const at = (/** @type {number} */ value) => (Number.isFinite(value) ? Math.max(value, axis.floor || value) : null);
    const epochs = moments.map(({ epoch }) => epoch);
    const hasBand = SHOWN[this.quantity].names.length > 1;
    const middle = (/** @type {number[]} */ values) => values[hasBand ? 1 : 0];
    const bands = layers.map((rows) => {
      if (!hasBand) return { x: [], y: [] };
      const around = [...rows.map((row) => at(row[0])), ...rows.map((row) => at(row[2])).reverse()];
      return { x: [...epochs, ...[...epochs].reverse()], y: around };
    });
    const lines = layers.map((rows) => ({
      x: epochs,
      y: rows.map((row) => at(middle(row))),
      customdata: rows.map(middle),
    }));
    const { floor: _, ...options } = axis;
    const axes = Object.fromEntries(Object.entries(options).map(([name, value]) => [`yaxis.${name}`, value]));
    setAxes(this.past, { ...axes, "xaxis.range": [0, Math.max(100, now.epoch)] });
    setAxes(this.present, axes);
    animate(this.past, [...bands, ...lines], [...names.keys(), ...names.map((_, i) => names.length + i)]);
    const last = layers.map((rows) => rows[rows.length - 1]);
    const bars = last.map((row, i) => (hasBand ? { x: [i, i], y: [at(row[0]), at(row[2])] } : { x: [], y: [] }));
    const joined = { x: [...names.keys()], y: last.map((row) => at(middle(row))) };
    const dots = last.map((row, i) => ({ x: [i], y: [at(middle(row))], customdata: [middle(row)] }));
    animate(
      this.present,
      [...bars, joined, ...dots],
      Array.from({ length: 2 * names.length + 1 }, (_, i) => i),
    );
    const [overRun, beside] = findAll(this.element, "figcaption");
    setText(overRun, `${title} over the run`);
    setText(beside, `${title}, layer beside layer, ${atEpoch(now.epoch)}`);
    const [past, present] = findAll(this.element, ".chart");
    past.ariaLabel = `${title} of every layer over the run`;
    const said = last.map((row, i) => `${names[i]} ${row.map((value) => inWords(value, scale)).join(", ")}`);
    present.ariaLabel = `${title} ${atEpoch(now.epoch)}: ${said.join("; ")}`;
  }
}

/** @param {string} quantity */
function columnTitle(quantity) {
  const { title, names } = SHOWN[quantity];
  return names.length > 1 ? `${title}: quartile | median | quartile` : title;
}

export default mount(".layer-charts", Layers);
