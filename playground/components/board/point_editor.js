// Lets the visitor put, move and remove points of their own on the fit chart.
//
// A mouse or pen takes hold of a point at once. A finger scrolls the page, wherever it begins: it takes hold by a long press.

import { chosenBefore, keepChoice } from "../shared/chosen.js";
import { restyle } from "../shared/plotly.js";

const HIT_RADIUS_PX = { mouse: 12, finger: 24 }; // how near to a point the pointer takes hold of it
const STILL_PX = { mouse: 3, finger: 8 }; // a press that moves no further is a click
const LONG_PRESS_MS = 400;
const NEW_POINT = "new point";

/**
 * @typedef {[number, number]} Place  x and y, in pixels or as numbers
 * @typedef {number[]} Point  [x, y], or [x1, x2, y] on a plane
 * @typedef {(number | string)[]} Typed  a point, with y as it was typed if it is a new one of a plane
 *
 * @typedef {object} Held  a press that is under way
 * @property {number | null} index  of the point that it is near to
 * @property {Point | null} from  that point, as it was
 * @property {Place} start
 * @property {boolean} isOn  whether it is on the point: a click selects it then
 * @property {boolean} finger
 * @property {boolean} ready  whether it moves the point when it moves
 * @property {boolean} moved
 * @property {ReturnType<typeof setTimeout> | 0} timer
 */

export class PointEditor {
  /**
   * @param {HTMLElement} chart
   * @param {HTMLInputElement} value  in which y of a new point of a plane stands
   * @param {(from: Point | null, to: Typed | null) => void} change  called with the point as it was, null for a new one,
   *   and as it is to be, null for a removed one
   */
  constructor(chart, value, change) {
    this.chart = chart;
    this.value = value;
    value.value = chosenBefore(NEW_POINT) ?? value.value;
    value.addEventListener("input", () => keepChoice(NEW_POINT, value.value));
    this.change = change;
    this.plot = /** @type {import("../shared/plotly.js").Plot} */ (chart.querySelector(".still"));
    this.enabled = false;
    this.plane = false;
    /** @type {Held | null} */
    this.held = null;
    /** @type {number | null} */
    this.touched = null; // the index of the point that was touched last
    chart.addEventListener("pointerdown", (event) => this.take(event));
    chart.addEventListener("pointermove", (event) => this.move(event));
    chart.addEventListener("pointerup", (event) => this.drop(event));
    chart.addEventListener("pointercancel", () => this.giveUp()); // the finger scrolls or zooms
    chart.addEventListener("touchmove", (event) => this.held?.ready && event.preventDefault(), { passive: false });
    chart.addEventListener("contextmenu", (event) => this.held?.finger && event.preventDefault()); // of a long press
    chart.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {boolean} enabled @param {boolean} plane */
  enable(enabled, plane) {
    this.enabled = enabled;
    this.plane = plane;
    this.chart.classList.toggle("editable", enabled);
    if (enabled) this.chart.tabIndex = 0;
    else this.chart.removeAttribute("tabindex");
    if (!enabled) this.giveUp();
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

  /** A point at a place: with the y that it had, or that new ones get. @param {Place} place @param {Point | null} from @returns {Typed} */
  pointAt(place, from) {
    return this.plane ? [...place, from ? from[2] : this.value.value] : place;
  }

  /** @param {PointerEvent} event */
  take(event) {
    if (!event.isPrimary) this.giveUp(); // two fingers zoom
    if (!this.enabled || event.button || !event.isPrimary) return;
    const start = this.at(event);
    const scales = scalesOf(this.plot.layout);
    if (!scales.holds(start)) return;
    const points = this.points();
    const distances = points.map(([x, y]) => distanceOf(scales.pixel([x, y]), start));
    const nearest = distances.indexOf(Math.min(...distances));
    const finger = event.pointerType === "touch";
    const radius = finger ? HIT_RADIUS_PX.finger : HIT_RADIUS_PX.mouse;
    const index = distances[nearest] < radius ? nearest : null;
    const isOn = distances[nearest] < HIT_RADIUS_PX.mouse;
    const from = index === null ? null : points[index];
    this.held = { index, from, start, isOn, finger, ready: !finger, moved: false, timer: 0 };
    if (finger && from) this.held.timer = setTimeout(() => this.grip(), LONG_PRESS_MS);
    if (!finger) this.chart.setPointerCapture(event.pointerId);
  }

  /** A finger has rested on a point: from now on it moves it. */
  grip() {
    if (!this.held) return;
    this.held.ready = true;
    this.chart.classList.add("gripped");
  }

  /** Lets go of what is held: nothing has happened. */
  giveUp() {
    const { held } = this;
    this.release();
    if (!held?.from || !held.moved) return;
    const points = this.points();
    points[/** @type {number} */ (held.index)] = held.from;
    this.draw(points);
  }

  release() {
    clearTimeout(this.held?.timer);
    this.held = null;
    this.chart.classList.remove("gripped");
  }

  /** @param {Point[]} points */
  draw(points) {
    restyle(this.plot, { x: [points.map(([x]) => x)], y: [points.map(([, y]) => y)] }, [1]);
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { held } = this;
    if (!held || !event.isPrimary) return;
    const place = this.at(event);
    held.moved ||= distanceOf(place, held.start) > (held.finger ? STILL_PX.finger : STILL_PX.mouse);
    if (!held.moved) return;
    if (!held.ready) return this.release(); // a finger that moves before it has rested scrolls
    if (held.index === null) return;
    const points = this.points();
    points[held.index] = scalesOf(this.plot.layout).value(place);
    this.draw(points);
  }

  /** @param {PointerEvent} event */
  drop(event) {
    const { held } = this;
    if (!held || !event.isPrimary) return;
    this.release();
    const place = this.at(event);
    const scales = scalesOf(this.plot.layout);
    const isInside = scales.holds(place);
    const value = scales.value(place);
    if (held.from && held.moved) {
      this.touched = null;
      this.change(held.from, isInside ? this.pointAt(value, held.from) : null);
    } else if (!held.moved) {
      const isPut = !held.isOn && !(held.from && held.ready);
      this.touched = isPut ? null : held.index;
      if (isPut && isInside) this.change(null, this.pointAt(value, null));
    }
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
