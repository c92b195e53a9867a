// The selected unit: how its numbers are computed, and its place on g and on g′.

import { along } from "../shared/curves.js";
import { find, setText } from "../shared/dom.js";
import { rounded } from "../shared/format.js";
import { createSvg, setAttributes } from "./svg.js";

const SIZE = { width: 320, height: 170 };
const INNER = { left: 36, right: 312, top: 10, bottom: 146 };
const MARGIN = 0.08; // above and below the curves, as a share of their height
const DOT_PX = 5;

/**
 * @typedef {import("../view_contract.js").UnitPayload} UnitPayload
 * @typedef {{low: number, high: number, x: (Z: number) => number, y: (A: number) => number}} Scales
 */

export class UnitView {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {SVGElement} */
    this.svg = find(element, "svg");
    /** @type {UnitPayload | null} */
    this.unit = null;
    /** @type {Scales | null} */
    this.scales = null;
    /** @type {SVGElement[]} */
    this.curves = [];
    /** @type {SVGElement[]} */
    this.dots = [];
    this.line = createSvg("line", {});
  }

  /** Draws what stays as it is while it trains. @param {UnitPayload | null} unit @param {string[]} colors  of g and of g′ */
  draw(unit, colors) {
    this.unit = unit;
    this.element.hidden = !unit;
    if (!unit) return;
    if (unit.sums) this.write(unit.sums);
    for (const [i, swatch] of this.element.querySelectorAll("i").entries()) swatch.style.borderColor = colors[i];
    const { left, right, top, bottom } = INNER;
    this.scales = scalesOf(unit);
    const { low, high, x, y } = this.scales;
    const [first, last] = [unit.Zs[0], unit.Zs[unit.Zs.length - 1]];
    const label = (/** @type {number} */ px, /** @type {number} */ py, /** @type {number} */ value, side = "") =>
      createSvg("text", { x: px, y: py, class: side }, rounded(value, 3));
    this.curves = colors.map((stroke) => createSvg("path", { fill: "none", stroke, "stroke-width": 2 }));
    this.line = createSvg("line", { y1: top, y2: bottom, class: "at" });
    this.dots = [
      createSvg("circle", { r: DOT_PX, fill: colors[0] }),
      createSvg("path", { d: `M0 ${-DOT_PX - 1}L${DOT_PX + 1} 0L0 ${DOT_PX + 1}L${-DOT_PX - 1} 0Z`, fill: colors[1] }),
    ];
    this.svg.ariaLabel = `${unit.label} and its slope`;
    setAttributes(this.svg, { viewBox: `0 0 ${SIZE.width} ${SIZE.height}` });
    for (const each of [this.line, ...this.dots]) each.setAttribute("visibility", "hidden"); // until its place is known
    this.svg.replaceChildren(
      createSvg("rect", { x: left, y: top, width: right - left, height: bottom - top, class: "frame" }),
      createSvg("line", { x1: left, x2: right, y1: y(0), y2: y(0), class: "zero" }),
      createSvg("line", { x1: x(0), x2: x(0), y1: top, y2: bottom, class: "zero" }),
      label(left, bottom + 14, first),
      label(x(0), bottom + 14, 0),
      label(right, bottom + 14, last, "end"),
      createSvg("text", { x: (x(0) + right) / 2, y: bottom + 14 }, "Z"),
      label(left - 4, y(low) + 3, low, "end"),
      label(left - 4, y(high) + 4, high, "end"),
      this.line,
      ...this.curves,
      ...this.dots,
    );
    this.trace(unit.As, unit.slopes);
  }

  /** @param {string} lines */
  write(lines) {
    setText(find(this.element, "pre"), lines.replaceAll("-", "−"));
  }

  /** Shows the unit's place. @param {number} Z @param {number} [known]  its A, where that is known */
  place(Z, known) {
    if (!this.unit || !this.scales || Number.isNaN(Z)) return;
    const { Zs, moves } = this.unit;
    let { As, slopes } = this.unit;
    if (moves && known !== undefined) {
      As = Zs.map((each) => softmaxAt(each, Z, known));
      slopes = As.map((A) => A * (1 - A));
      this.trace(As, slopes);
    }
    const A = this.unit.is_off ? 0 : (known ?? along(Zs, As, Z));
    const slope = along(Zs, slopes, Z);
    const { low, high, x, y } = this.scales;
    const px = x(Math.max(Zs[0], Math.min(Zs[Zs.length - 1], Z))); // beyond the chart, at its edge
    for (const each of [this.line, ...this.dots]) each.removeAttribute("visibility");
    setAttributes(this.line, { x1: px, x2: px });
    for (const [i, value] of [A, slope].entries()) {
      const py = y(Math.max(low, Math.min(high, value)));
      this.dots[i].setAttribute("transform", `translate(${px.toFixed(1)} ${py.toFixed(1)})`);
    }
    const numbers = [Z, A, slope].map((value) => rounded(value, 4));
    for (const [i, output] of this.element.querySelectorAll("output").entries()) setText(output, numbers[i]);
    this.svg.ariaLabel = `${this.unit.label} and its slope: Z = ${numbers[0]}, g(Z) = ${numbers[1]}, g′(Z) = ${numbers[2]}`;
  }

  /** @param {number[]} As @param {number[]} slopes */
  trace(As, slopes) {
    if (!this.unit || !this.scales) return;
    const { x, y } = this.scales;
    for (const [i, values] of [As, slopes].entries()) {
      const points = this.unit.Zs.map((Z, j) => `${x(Z).toFixed(1)} ${y(values[j]).toFixed(1)}`);
      this.curves[i].setAttribute("d", `M${points.join("L")}`);
    }
  }
}

/**
 * A of a unit of a softmax at another Z, while the Zs of the others stay:
 * A = e^Z / (e^Z + rest), so rest = e^Z (1 - A) / A.
 *
 * @param {number} at
 * @param {number} Z
 * @param {number} A
 */
export function softmaxAt(at, Z, A) {
  if (A <= 0 || A >= 1) return A; // so far out that the rest is not known any more
  return 1 / (1 + ((1 - A) / A) * Math.exp(Z - at));
}

/** @param {UnitPayload} unit @returns {Scales} */
function scalesOf({ Zs, As, slopes, moves }) {
  const { left, right, top, bottom } = INNER;
  const [first, last] = [Zs[0], Zs[Zs.length - 1]];
  const [least, most] = moves ? [0, 1] : [Math.min(0, ...As, ...slopes), Math.max(0, ...As, ...slopes)];
  const room = MARGIN * (most - least) || 1;
  return {
    low: least,
    high: most,
    x: (Z) => left + ((Z - first) / (last - first)) * (right - left),
    y: (A) => bottom - ((A - least + room) / (most - least + 2 * room)) * (bottom - top),
  };
}
