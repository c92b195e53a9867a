// Lets the visitor put, move and remove points of their own on the fit chart.

import { restyle } from "../shared/plotly.js";

const HIT_RADIUS_PX = 12; // how near to a point the pointer takes hold of it
const STILL_PX = 3; // a press that moves no further is a click

/**
 * @typedef {[number, number]} Place  x and y, in pixels or as numbers
 * @typedef {number[]} Point  [x, y], or [x1, x2, y] on a plane
 */

export class PointEditor {
  /**
   * @param {HTMLElement} chart
   * @param {HTMLInputElement} value  in which y of a new point of a plane stands
   * @param {(from: Point | null, to: Point | null) => void} change  called with the point as it was, null for a new one,
   *   and as it is to be, null for a removed one
   */
  constructor(chart, value, change) {
    this.chart = chart;
    this.value = value;
    this.change = change;
    this.plot = /** @type {import("../shared/plotly.js").Plot} */ (chart.querySelector(".still"));
    this.enabled = false;
    this.plane = false;
    /** @type {{index: number | null, from: Point | null, start: Place, moved: boolean} | null} */
    this.held = null;
    /** @type {number | null} */
    this.touched = null; // the index of the point that was touched last
    chart.addEventListener("pointerdown", (event) => this.take(event));
    chart.addEventListener("pointermove", (event) => this.move(event));
    chart.addEventListener("pointerup", (event) => this.drop(event));
    chart.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {boolean} enabled @param {boolean} plane */
  enable(enabled, plane) {
    this.enabled = enabled;
    this.plane = plane;
    this.chart.classList.toggle("editable", enabled);
    if (enabled) this.chart.tabIndex = 0;
    else this.chart.removeAttribute("tabindex");
    if (!enabled) this.held = null;
  }

  /** @param {PointerEvent} event @returns {Place} in pixels of the chart */
  at(event) {
    const { left, top } = this.chart.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  /** @returns {Point[]} */
  points() {
    const { x, y, customdata } = this.plot.data[1];
    return Array.from(x, (value, i) => (this.plane ? [value, y[i], customdata[i]] : [value, y[i]]));
  }

  /** A point at a place: with the y that it had, or that new ones get. @param {Place} place @param {Point | null} from */
  pointAt(place, from) {
    return this.plane ? [...place, from ? from[2] : Number(this.value.value)] : place;
  }

  /** @param {PointerEvent} event */
  take(event) {
    if (!this.enabled || event.button) return;
    const start = this.at(event);
    const scales = scalesOf(this.plot.layout);
    if (!scales.holds(start)) return;
    const points = this.points();
    const distances = points.map(([x, y]) => distanceOf(scales.pixel([x, y]), start));
    const nearest = distances.indexOf(Math.min(...distances));
    const index = distances[nearest] < HIT_RADIUS_PX ? nearest : null;
    this.held = { index, from: index === null ? null : points[index], start, moved: false };
    this.chart.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.held) return;
    const place = this.at(event);
    this.held.moved ||= distanceOf(place, this.held.start) > STILL_PX;
    if (!this.held.moved || this.held.index === null) return;
    const points = this.points();
    points[this.held.index] = scalesOf(this.plot.layout).value(place);
    restyle(this.plot, { x: [points.map(([x]) => x)], y: [points.map(([, y]) => y)] }, [1]);
  }

  /** @param {PointerEvent} event */
  drop(event) {
    const { held } = this;
    this.held = null;
    if (!held) return;
    const place = this.at(event);
    const scales = scalesOf(this.plot.layout);
    this.touched = held.moved ? null : held.index;
    const to = scales.holds(place) ? this.pointAt(scales.value(place), held.from) : null;
    if (held.index === null && !held.moved && to) this.change(null, to);
    else if (held.index !== null && held.moved) this.change(held.from, to);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (!this.enabled || this.touched === null || !["Delete", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    this.change(this.points()[this.touched], null);
    this.touched = null;
  }
}

/**
 * From pixels of a chart to x and y, and back, as Plotly was given the axes.
 *
 * @param {import("../shared/plotly.js").Layout} layout
 */
export function scalesOf({ margin, xaxis, yaxis, width, height }) {
  const inner = { width: width - margin.l - margin.r, height: height - margin.t - margin.b };
  const [[x0, x1], [y0, y1]] = [xaxis.range, yaxis.range];
  return {
    /** @param {Place} pixel @returns {Place} */
    value: ([left, top]) => [
      roundFor(x0 + ((left - margin.l) / inner.width) * (x1 - x0), x1 - x0),
      roundFor(y1 - ((top - margin.t) / inner.height) * (y1 - y0), y1 - y0),
    ],
    /** @param {Place} value @returns {Place} */
    pixel: ([x, y]) => [
      margin.l + ((x - x0) / (x1 - x0)) * inner.width,
      margin.t + ((y1 - y) / (y1 - y0)) * inner.height,
    ],
    /** @param {Place} pixel */
    holds: ([left, top]) => left >= margin.l && left <= width - margin.r && top >= margin.t && top <= height - margin.b,
  };
}

/** @param {Place} one @param {Place} other */
function distanceOf(one, other) {
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}

/** As many decimals as a hand can aim at on an axis of this span. @param {number} value @param {number} span */
export function roundFor(value, span) {
  return Number(value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(span)))));
}
