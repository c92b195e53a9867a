// Draws what each unit contributes, and adds the units up one after another. The curves come with the board's frames.

import { chosenBefore, keepChoice } from "../shared/chosen.js";
import { themeOf } from "../shared/colors.js";
import { find, findAll, setText } from "../shared/dom.js";
import { rounded, roundUp } from "../shared/format.js";
import { joinBoard } from "../shared/frame_events.js";
import { mount } from "../shared/mount.js";
import { drawOrTell } from "../shared/no_charts.js";
import { animate, draw, fitSizes, onClick, restyle, setRange } from "../shared/plotly.js";
import { largest, rowOf, rowsOf } from "../shared/rows.js";

const INTERVAL_MS = 200; // how often each of the two charts is drawn
const ADDING_MS = { all: 4000, one: 60 }; // adding them one by one takes so long, but no less than this per unit

/**
 * @typedef {import("../view_contract.js").UnitsPayload} UnitsPayload
 * @typedef {import("../shared/plotly.js").Plot} Plot
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 */

/** The name of the choice how many units are added. @param {number} units  that there are */
function addedOf(units) {
  return `added of ${units}`;
}

/** How many are added at first: as many as were chosen, or else all. @param {number} units */
function addedBefore(units) {
  const before = Number(chosenBefore(addedOf(units)) ?? units);
  return before >= 0 && before <= units ? before : units;
}

class Units {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send;
    /** @type {HTMLInputElement} */
    this.slider = find(element, "input");
    this.slider.oninput = () => {
      this.add(Number(this.slider.value));
      keepChoice(addedOf(this.data.units), this.slider.value);
    };
    find(element, "button").onclick = () => this.addOneByOne();
    /** @type {Plot[]} */
    const [sum, own] = findAll(element, ".plot");
    this.sum = sum; // the weighted curves and their sum
    this.own = own; // the curves before they are weighted
    /** @type {UnitsPayload | null} */
    this.payload = null;
    /** @type {SharedFrame | null} */
    this.frame = null; // the last with curves
    this.count = 0; // how many units are added
    this.hoverNames = "";
    this.timer = 0;
    this.closed = false;
    this.leaveBoard = () => {};
    this.drawing = Promise.resolve(true); // to whether the charts are drawn
    this.sizes = new ResizeObserver(() => fitSizes([sum, own]));
    this.sizes.observe(element);
  }

  close() {
    this.closed = true;
    this.leaveBoard();
    this.sizes.disconnect();
    clearInterval(this.timer);
  }

  get data() {
    return /** @type {UnitsPayload} */ (this.payload);
  }

  /** @param {UnitsPayload} data */
  async receive(data) {
    if (data.units !== this.payload?.units) this.count = addedBefore(data.units);
    this.payload = data;
    this.slider.max = String(data.units);
    this.slider.value = String(this.count);
    this.drawing = this.drawing.then(() => drawOrTell(this.element, () => this.draw()));
    if (!(await this.drawing) || this.closed || data !== this.data) return;
    this.leaveBoard();
    const charts = [this.updateSum, this.updateOwn]; // by turns: both at once take longer than a repaint may
    const leaves = charts.map((update) =>
      joinBoard({ run_id: data.run_id, intervalMs: INTERVAL_MS, drawnAt: 0, update }),
    );
    this.leaveBoard = () => {
      for (const leave of leaves) leave();
    };
  }

  async draw() {
    const figures = this.data.figures[themeOf(this.element)];
    for (const [i, plot] of [this.sum, this.own].entries()) {
      await draw(plot, figures[i]);
      onClick(plot, ({ points: [{ curveNumber }] }) => this.choose(plot, curveNumber));
    }
    this.hoverNames = "";
    this.color();
  }

  /** The colour shows which units are added. */
  color() {
    const { units, colors } = this.data;
    const { added, waiting } = colors[themeOf(this.element)];
    const ranks = [...Array(units).keys()].map((i) => units - 1 - i); // the smallest is drawn first
    const style = {
      "line.color": ranks.map((rank) => (rank < this.count ? added : waiting)),
      opacity: ranks.map((rank) => (rank < this.count ? 0.8 : 0.5)),
    };
    restyle(this.sum, style, tracesOf(units, 1));
    setText(find(this.element, "label span"), `${this.count} of ${units}`);
  }

  /** @param {number} count */
  add(count) {
    this.count = count;
    this.slider.value = String(count);
    this.color();
    if (this.frame) this.updateSum(this.frame);
  }

  addOneByOne() {
    clearInterval(this.timer);
    keepChoice(addedOf(this.data.units), this.slider.max);
    this.add(0);
    const addNext = () => {
      if (this.count < this.data.units) this.add(this.count + 1);
      else clearInterval(this.timer);
    };
    this.timer = setInterval(addNext, Math.max(ADDING_MS.one, ADDING_MS.all / this.data.units));
  }

  updateSum = (/** @type {SharedFrame} */ frame) => {
    const curves = frame.units;
    if (!curves?.weighted || !curves.order || curves.bias === undefined) return;
    this.frame = frame;
    const { units, selected, note, range } = this.data;
    const { bias, order } = curves;
    const weighted = rowsOf(curves.weighted, units);
    const ranked = Array.from(order).reverse();
    const sum = new Float64Array(weighted[0].length).fill(bias);
    for (const unit of order.subarray(0, this.count)) {
      for (const [i, y] of weighted[unit].entries()) sum[i] += y;
    }
    const traces = [...ranked, selected ?? ranked[0]].map((unit) => ({ y: weighted[unit] }));
    animate(this.sum, [...traces, { y: sum }], tracesOf(units + 2, 1));
    this.element.classList.toggle("training", frame.playing);
    if (!frame.playing) this.nameCurves(ranked);
    setText(find(this.element, "b.bias"), rounded(bias, 6));
    setText(find(this.element, ".note"), note);
    const limit = roundUp(largest(curves.weighted));
    setRange(this.sum, [Math.min(range[0], -limit), Math.max(range[1], limit)]);
  };

  updateOwn = (/** @type {SharedFrame} */ { units: curves }) => {
    if (!curves) return;
    const { units, selected } = this.data;
    const rows = [...rowsOf(curves.hidden, units), rowOf(curves.hidden, selected ?? 0, units)];
    animate(
      this.own,
      rows.map((y) => ({ y })),
      tracesOf(units + 1),
    );
    let [low, high] = [0, 0];
    for (const y of curves.hidden) [low, high] = [Math.min(low, y), Math.max(high, y)];
    setRange(this.own, [-1.05 * roundUp(-low) - 0.05, 1.05 * roundUp(high)]);
  };

  /** What is shown under the pointer, and which unit is selected: once the run stands still. @param {number[]} ranked */
  nameCurves(ranked) {
    const { units, selected } = this.data;
    const names = JSON.stringify([ranked, selected]);
    if (names === this.hoverNames) return;
    this.hoverNames = names;
    const text = (/** @type {number} */ unit, /** @type {string} */ name) =>
      `unit ${unit}: ${name} = %{y:.6g} at x = %{x:.3f}<extra></extra>`;
    restyle(this.sum, { hovertemplate: ranked.map((unit) => text(unit, "w·a")) }, tracesOf(units, 1));
    restyle(this.own, { hovertemplate: tracesOf(units).map((unit) => text(unit, "a")) }, tracesOf(units));
    const visible = { visible: selected !== null };
    restyle(this.sum, visible, [units + 1]);
    restyle(this.own, visible, [units]);
  }

  /** Selects the bias of the unit whose curve was clicked. @param {Plot} plot @param {number} curve */
  choose(plot, curve) {
    const { units, layer, columns } = this.data;
    const order = this.frame?.units?.order;
    if (!order) return;
    const unit = plot === this.sum ? order[units - curve] : curve; // the target is curve 0
    if (unit < units) this.send("select", [layer, unit, columns - 1]);
  }
}

/** The numbers of so many traces. @param {number} count @param {number} [first] */
function tracesOf(count, first = 0) {
  return Array.from({ length: count }, (_, i) => first + i);
}

export default mount(".units", Units);
