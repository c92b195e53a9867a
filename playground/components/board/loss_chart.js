// The loss by epoch: of the training points, with its penalty, and of the test points.

import { markChoice, onChoice } from "../shared/dom.js";
import { animate, restyle, setAxes } from "../shared/plotly.js";
import { curveUpTo, floored, floorOf } from "../shared/rows.js";

/**
 * @typedef {import("../contract.js").LossRanges} LossRanges
 * @typedef {import("../shared/plotly.js").Plot} Plot
 */

/** @typedef {[epoch: number, loss: number] | null} Lowest */

/** @type {import("../shared/plotly.js").Trace} */
const EMPTY = { x: [], y: [] };
const LOWEST = 3; // the trace of the mark at the lowest test loss

/** @param {LossRanges} inner @param {LossRanges} outer */
function areWithin(inner, outer) {
  return inner.epoch[1] <= outer.epoch[1] && inner.log[0] >= outer.log[0] && inner.log[1] <= outer.log[1];
}

/**
 * The lowest test loss before an epoch, as a curve of one point: what is lowest now is the end of the curve.
 *
 * @param {number} epoch
 * @param {import("../shared/history.js").Recorded} tests
 * @param {Lowest} lowest  of those that the server has measured, of which the history has some
 */
export function lowestUpTo(epoch, { epochs, rows }, lowest) {
  const [losses] = rows;
  let [x, y] = lowest && lowest[0] <= epoch ? lowest : [-1, Number.POSITIVE_INFINITY];
  for (const [i, each] of epochs.entries()) {
    if (losses && each <= epoch && losses[i] < y) [x, y] = [each, losses[i]];
  }
  return x >= 0 && x < epoch ? { x: [x], y: [y] } : EMPTY;
}

export class LossChart {
  /** @param {HTMLElement} element  holds the chart and the buttons of its scale */
  constructor(element) {
    this.element = element;
    /** @type {Plot | null} */
    this.plot = null;
    /** @type {LossRanges | null} */
    this.ranges = null;
    this.hovers = "y";
    this.scale = onChoice(element, "scale", (scale) => this.setScale(scale));
  }

  /** @param {Plot} plot  drawn anew @param {LossRanges} ranges */
  begin(plot, ranges) {
    this.plot = plot;
    this.hovers = "y";
    this.setRanges(ranges);
  }

  /** @param {import("../shared/history.js").History} history @param {import("./frames.js").Frame} frame @param {Lowest} [lowest] */
  update({ losses, tests }, frame, lowest = null) {
    if (!this.plot) return;
    const { epoch } = frame;
    const [recorded, objectives] = losses.rows;
    const loss = curveUpTo(losses.epochs, recorded, { epoch, value: frame.loss });
    const mode = loss.x.length > 1 ? "lines" : "lines+markers"; // a line of one point would not be seen
    if (mode !== this.plot.data[0].mode) restyle(this.plot, { mode }, [0]);
    /** @type {Map<number, import("../shared/plotly.js").Trace>} */
    const curves = new Map([[0, loss]]);
    if (objectives) {
      curves.set(1, curveUpTo(losses.epochs, objectives, { epoch, value: frame.objective }));
    } else if (this.plot.data[1].x.length) curves.set(1, EMPTY); // nothing is penalised any more
    if (frame.test_loss !== null) {
      curves.set(2, curveUpTo(tests.epochs, tests.rows[0], { epoch, value: frame.test_loss }));
    }
    if (this.plot.data.length > LOWEST) curves.set(LOWEST, lowestUpTo(epoch, tests, lowest));
    const floor = this.ranges ? floorOf(this.ranges.ticks) : 0;
    this.writeHovers(floor ? "customdata" : "y");
    animate(
      this.plot,
      Array.from(curves.values(), ({ x, y }) => floored({ x, y }, floor)),
      [...curves.keys()],
    );
  }

  /** Says which numbers stand beside the pointer. @param {"y" | "customdata"} numbers */
  writeHovers(numbers) {
    if (!this.plot || this.hovers === numbers) return;
    this.hovers = numbers;
    const names = this.plot.data.map(({ name }) => `${name} %{${numbers}:.6g} at epoch %{x}<extra></extra>`);
    restyle(this.plot, { hovertemplate: names }, [...names.keys()]);
  }

  /** @param {LossRanges} ranges */
  setRanges(ranges) {
    this.ranges = ranges;
    if (!this.plot) return;
    const { epoch, linear, log, ticks } = ranges;
    const axis =
      this.scale === "log"
        ? { type: "log", range: log, tickmode: "array", ...ticks }
        : { type: "linear", range: linear, tickmode: "auto" };
    const changes = Object.entries(axis).map(([name, value]) => [`yaxis.${name}`, value]);
    setAxes(this.plot, { "xaxis.range": epoch, ...Object.fromEntries(changes) });
  }

  /** The present ranges, where they hold the others; else those. @param {LossRanges} ranges */
  widest(ranges) {
    return this.ranges && areWithin(ranges, this.ranges) ? this.ranges : ranges;
  }

  /** @param {string} scale  "log" or "linear" */
  setScale(scale) {
    this.scale = scale;
    markChoice(this.element, "scale", scale);
    if (this.ranges) this.setRanges(this.ranges);
  }
}
