// Draws the network as units and weights, and lets one of them be selected. Its numbers come with the board's frames.

import { isDark, themeOf } from "../shared/colors.js";
import { find, setText } from "../shared/dom.js";
import { rounded, short } from "../shared/format.js";
import { joinBoard } from "../shared/frame_events.js";
import { mount } from "../shared/mount.js";
import { partAt } from "./hit_testing.js";
import { layOut } from "./layout.js";
import { nameOf, placeOf, roleOf } from "./parameters.js";
import { createSvg, setAttributes } from "./svg.js";

const INTERVAL_MS = 120;
const UNIT_RADIUS_PX = 9;
const HALO_PX = 3; // around the selected unit

/**
 * @typedef {import("../view_contract.js").DiagramPayload} DiagramPayload
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 * @typedef {import("./layout.js").Part & {line?: SVGElement, rect?: SVGElement, text?: SVGElement}} DrawnPart
 */

class Diagram {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send;
    /** @type {SVGElement} */
    this.svg = find(element, "svg");
    this.tip = find(element, ".tip");
    this.width = 0;
    /** @type {DiagramPayload | null} */
    this.data = null;
    /** @type {string[]} */
    this.diverging = [];
    /** @type {DrawnPart[]} */
    this.parts = [];
    /** @type {SharedFrame | null} */
    this.frame = null; // the latest
    /** @type {{part: DrawnPart, at: [number, number]} | null} */
    this.pointed = null; // the part under the pointer
    this.leaveBoard = () => {};
    this.svg.onpointermove = (event) => this.point(event);
    this.svg.onpointerleave = () => this.point(null);
    this.svg.onclick = (event) => {
      this.point(event);
      if (this.pointed) this.send("select", this.pointed.part.selection);
    };
    this.sizes = new ResizeObserver(() => this.fitWidth());
    this.sizes.observe(this.canvas);
  }

  get canvas() {
    return find(this.element, ".canvas");
  }

  close() {
    this.leaveBoard();
    this.sizes.disconnect();
  }

  /** @param {DiagramPayload} data */
  receive(data) {
    this.leaveBoard();
    this.data = data;
    this.frame = null;
    this.diverging = data.colors[themeOf(this.element)].diverging;
    this.element.style.setProperty("--negative", this.diverging[1]);
    this.element.style.setProperty("--positive", this.diverging[5]);
    this.svg.ariaLabel = data.description;
    this.width = 0;
    this.fitWidth();
    const update = (/** @type {SharedFrame} */ frame) => this.update(frame);
    this.leaveBoard = joinBoard({ run_id: data.run_id, intervalMs: INTERVAL_MS, drawnAt: 0, update });
  }

  fitWidth() {
    const width = this.canvas.clientWidth;
    if (!this.data || !width || width === this.width) return;
    this.width = width;
    this.draw(this.data);
    if (this.frame) this.update(this.frame);
    else this.updateText();
  }

  /** @param {DiagramPayload} data */
  draw(data) {
    const { height, parts, inputs, columns } = layOut(data, this.width);
    /** @type {SVGElement[]} */
    const lines = [];
    const units = this.drawInputs(inputs);
    this.parts = parts.map((part) => {
      if (part.ends) {
        const line = createSvg("line", { ...part.ends });
        lines.push(line);
        return { ...part, line };
      }
      const [rect, text] = this.drawUnit(/** @type {import("./hit_testing.js").Box} */ (part.box), "");
      units.push(rect, text);
      return { ...part, rect, text };
    });
    for (const { x, title, note, fold } of columns) {
      units.push(createSvg("text", { x, y: 16, class: "title" }, title));
      units.push(createSvg("text", { x, y: 31, class: "note" }, note));
      if (fold) units.push(createSvg("text", { x, y: fold.y + 4, class: "fold" }, fold.text));
    }
    const selected = parts.find(({ selection }) => String(selection) === String(data.selected));
    const halo = selected ? [this.drawHalo(selected)] : [];
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.svg.style.height = `${height}px`;
    this.svg.replaceChildren(...lines, ...units, ...halo);
  }

  /** @param {import("./layout.js").DiagramLayout["inputs"]} inputs */
  drawInputs(inputs) {
    return inputs.flatMap(({ box, text }) => {
      const unit = this.drawUnit(box, text);
      unit[0].setAttribute("fill", "none");
      return unit;
    });
  }

  /** @param {import("./hit_testing.js").Box} box @param {string} text */
  drawUnit(box, text) {
    const center = { x: box.x + box.width / 2, y: box.y + box.height / 2 + 4 };
    return [createSvg("rect", { ...box, rx: UNIT_RADIUS_PX }), createSvg("text", center, text)];
  }

  /** @param {import("./layout.js").Part} part */
  drawHalo({ ends, box }) {
    const style = { class: "halo", "stroke-width": 2 };
    if (!box) return createSvg("line", { ...ends, ...style });
    const [x, y] = [box.x - HALO_PX, box.y - HALO_PX];
    const [width, height] = [box.width + 2 * HALO_PX, box.height + 2 * HALO_PX];
    return createSvg("rect", { x, y, width, height, rx: UNIT_RADIUS_PX + HALO_PX, ...style });
  }

  /** @param {SharedFrame} frame */
  update(frame) {
    this.frame = frame;
    const { parameters, limits } = frame;
    if (!parameters) return;
    for (const { place, layer, line, rect, text } of this.parts) {
      const value = parameters[place];
      const share = Math.max(-1, Math.min(1, value / limits[layer]));
      if (line) this.updateLine(line, share);
      if (rect && text) {
        const color = this.diverging[Math.round(3 + 3 * share)];
        rect.setAttribute("fill", color);
        text.style.fill = isDark(color) ? "#fff" : "#000";
        setText(text, rounded(value, 3));
      }
    }
    this.updateText();
  }

  /** @param {SVGElement} line @param {number} share  of the largest weight, from -1 to 1 */
  updateLine(line, share) {
    const size = Math.sqrt(Math.abs(share)); // so that small ones can be distinguished
    setAttributes(line, {
      stroke: this.diverging[share < 0 ? 1 : 5],
      "stroke-width": (0.3 + 4.7 * size).toFixed(2),
      "stroke-opacity": (0.1 + 0.8 * size).toFixed(2),
    });
  }

  /** @param {PointerEvent | MouseEvent | null} event  null when the pointer leaves */
  point(event) {
    this.pointed = null;
    if (event) {
      const frame = this.svg.getBoundingClientRect();
      /** @type {[number, number]} */
      const at = [event.clientX - frame.left, event.clientY - frame.top];
      const part = partAt(this.parts, at);
      if (part) this.pointed = { part, at };
    }
    this.svg.classList.toggle("hot", Boolean(this.pointed));
    this.updateText();
  }

  /** The value under the pointer, and the selected one, in full. */
  updateText() {
    if (!this.data) return;
    this.tip.hidden = !this.pointed;
    if (this.pointed) {
      const [x, y] = this.pointed.at;
      const isRight = x > this.width / 2;
      setText(this.tip, this.describe(this.pointed.part.selection, this.data));
      Object.assign(this.tip.style, {
        left: isRight ? "auto" : `${x + 14}px`,
        right: isRight ? `${this.width - x + 14}px` : "auto",
        top: `${y - 12}px`,
      });
    }
    const { selected } = this.data;
    const text = selected ? `Selected: ${this.describe(selected, this.data)}` : "Nothing is selected.";
    setText(find(this.element, ".chosen"), text);
  }

  /** @param {import("../contract.js").Selection} selection @param {DiagramPayload} data */
  describe(selection, data) {
    const value = this.frame?.parameters?.[placeOf(selection, data.shapes)] ?? "";
    return `${nameOf(selection, data.shapes[selection[0] - 1][1])} = ${short(value)}, ${roleOf(selection, data)}`;
  }
}

export default mount(".network", Diagram);
