// Picks an input by a click on the fit or the plane, and marks it there. Where a click puts points of one's own, a button
// asks for one click that does not.

import { bringIntoView } from "./in_view.js";

const CHART = "[data-testid=fit-chart]";
const PLACES = 4;
const STILL_PX = 3; // a press that moves no further is a click
const NEAR_PX = 8; // how near to a point of one's own a click picks that example
const OF_A_PRESS = ["pointerdown", "mousedown", "pointerup", "mouseup", "click"];

/**
 * @typedef {number[] | {example: number}} Input  the inputs at a place, or the number of an example
 * @typedef {(input: Input, wasAsked: boolean) => void} Pick  called with an input, and whether the click had been asked for
 */

export class Picking {
  /** @param {Pick} pick @param {(isArmed: boolean) => void} onArm  called when the next click is asked for, and when no longer */
  constructor(pick, onArm) {
    this.pick = pick;
    this.onArm = onArm;
    this.isArmed = false;
    /** @type {[number, number] | null} */
    this.down = null; // where the press began: a drag is no click
    this.watching = new AbortController();
    const options = { signal: this.watching.signal, capture: true };
    for (const kind of OF_A_PRESS) {
      window.addEventListener(kind, (event) => this.hear(/** @type {PointerEvent} */ (event)), options);
    }
    window.addEventListener("keydown", ({ key }) => key === "Escape" && this.arm(false), options);
  }

  close() {
    this.arm(false);
    this.watching.abort();
  }

  /** Asks for a click that picks, whatever else a click there does. @param {boolean} isArmed */
  arm(isArmed) {
    this.isArmed = isArmed;
    const chart = document.querySelector(CHART);
    chart?.classList.toggle("picking", isArmed);
    if (chart && isArmed) bringIntoView(chart);
    this.onArm(isArmed);
  }

  /** @param {PointerEvent} event */
  hear(event) {
    if (event.type === "pointerdown") this.down = [event.clientX, event.clientY];
    const chart = event.target instanceof Element ? event.target.closest(CHART) : null;
    if (!chart) return;
    const isEditor = chart.classList.contains("editable");
    if (isEditor && !this.isArmed) return;
    if (isEditor) event.stopPropagation(); // the chart takes it for a new point
    if (event.type !== "click" || !this.down) return;
    const { left, top } = chart.getBoundingClientRect();
    const isDrag = Math.hypot(event.clientX - this.down[0], event.clientY - this.down[1]) > STILL_PX;
    const plot = /** @type {import("../shared/plotly.js").Plot | null} */ (chart.querySelector(".still"));
    if (isDrag || !plot?.layout) return;
    const isPlane = chart.closest(".board.plane") !== null;
    const input = inputOn(plot, [event.clientX - left, event.clientY - top], isPlane, isEditor);
    if (!input) return;
    const wasArmed = this.isArmed;
    this.arm(false);
    this.pick(input, wasArmed);
  }
}

/** @param {import("../shared/plotly.js").Plot} plot @param {[number, number]} place @param {boolean} isPlane @param {boolean} isOwn  whether only points have a target */
function inputOn({ layout, data }, place, isPlane, isOwn) {
  const x = inputAt(layout, place, isPlane);
  const example = isOwn && x ? exampleAt(layout, /** @type {any} */ (data[1]), place) : null;
  return example === null ? x : { example };
}

/**
 * The number of the nearest point at a place of a chart, in pixels; null where none is near.
 *
 * @param {import("../shared/plotly.js").Layout} layout
 * @param {{x: ArrayLike<number>, y: ArrayLike<number>}} points
 * @param {[number, number]} place
 */
export function exampleAt(layout, { x, y }, place) {
  let [nearest, least] = [/** @type {number | null} */ (null), NEAR_PX];
  for (let i = 0; i < x.length; i++) {
    const at = placeOf(layout, [x[i], y[i]]);
    const distance = at ? Math.hypot(at[0] - place[0], at[1] - place[1]) : Number.POSITIVE_INFINITY;
    if (distance <= least) [nearest, least] = [i, distance];
  }
  return nearest;
}

/**
 * The inputs at a place of a chart, to a few digits of its range; null outside of its axes.
 *
 * @param {import("../shared/plotly.js").Layout} layout
 * @param {[number, number]} place  in pixels of the chart
 * @param {boolean} isPlane  whether its y is an input as well
 */
export function inputAt({ width, height, margin, xaxis, yaxis }, [px, py], isPlane) {
  const across = (px - margin.l) / (width - margin.l - margin.r);
  const up = (height - margin.b - py) / (height - margin.t - margin.b);
  if (Math.min(across, up) < 0 || Math.max(across, up) > 1) return null;
  const x = valueAt(xaxis.range, across);
  return isPlane ? [x, valueAt(yaxis.range, up)] : [x];
}

/**
 * Where inputs are in a chart, in pixels; null outside of its axes. Of one input the height is that of the middle.
 *
 * @param {import("../shared/plotly.js").Layout} layout
 * @param {number[]} x
 * @returns {[number, number] | null}
 */
export function placeOf({ width, height, margin, xaxis, yaxis }, [x1, x2]) {
  const across = shareAt(xaxis.range, x1);
  const up = x2 === undefined ? 0.5 : shareAt(yaxis.range, x2);
  if (!(Math.min(across, up) >= 0 && Math.max(across, up) <= 1)) return null;
  return [margin.l + across * (width - margin.l - margin.r), height - margin.b - up * (height - margin.t - margin.b)];
}

/** Marks the input on the fit or the plane. @param {HTMLElement} mark @param {number[] | null} x  null for none */
export function markInput(mark, x) {
  const chart = document.querySelector(CHART);
  const plot = /** @type {import("../shared/plotly.js").Plot | null | undefined} */ (chart?.querySelector(".still"));
  const place = x && plot?.layout?.xaxis?.range ? placeOf(plot.layout, x) : null;
  mark.hidden = !place;
  if (!chart || !place || !plot) return;
  const { height, margin } = plot.layout;
  const isPlane = x?.length === 2;
  mark.className = isPlane ? "input-mark ring" : "input-mark";
  mark.style.left = `${place[0]}px`;
  mark.style.top = `${isPlane ? place[1] : margin.t}px`;
  mark.style.height = isPlane ? "" : `${height - margin.t - margin.b}px`;
  if (mark.parentElement !== chart) chart.append(mark);
}

/** @param {[number, number]} range @param {number} x */
function shareAt([from, to], x) {
  return (x - from) / (to - from);
}

/** @param {[number, number]} range @param {number} share */
function valueAt([from, to], share) {
  const unit = 10 ** (Math.ceil(Math.log10(Math.abs(to - from))) - PLACES);
  return Number((Math.round((from + share * (to - from)) / unit) * unit).toPrecision(12));
}
