// The picture of a network: drawn once as SVG, and then only changed in place, as often as numbers come.

import { isDark } from "../shared/colors.js";
import { setText } from "../shared/dom.js";
import { rounded, short } from "../shared/format.js";
import { FACES, limitsOf, lineData, shareOf, shownAt, unitData } from "./faces.js";
import { createSvg, setAttributes } from "./svg.js";

const UNIT_RADIUS_PX = 9;
const HALO_PX = 3; // around the selected unit
const DIGITS = 3;
const SMALL = 1e-3; // below, a number is written with a power of ten, so that it has room

/**
 * @typedef {import("./faces.js").Blocks} Blocks
 * @typedef {import("./hit_testing.js").Box} Box
 * @typedef {import("../view_contract.js").DiagramPayload} DiagramPayload
 * @typedef {import("./layout.js").Part} Part
 * @typedef {Part & {line: SVGElement, text: SVGElement | null}} DrawnLine
 * @typedef {Part & {rect: SVGElement, texts: SVGElement[]}} DrawnUnit
 */

export class Picture {
  /** @param {SVGElement} svg */
  constructor(svg) {
    this.svg = svg;
    /** @type {DrawnLine[]} */
    this.lines = [];
    /** @type {DrawnUnit[]} */
    this.units = [];
    /** @type {{rect: SVGElement, label: SVGElement, text: string}[]} */
    this.inputs = [];
    /** @type {Set<DrawnUnit>} */
    this.off = new Set(); // those that are switched off
    /** @type {SVGElement[]} */
    this.targets = [];
    /** @type {string[]} */
    this.diverging = [];
  }

  /** All that can be pointed at. @returns {Part[]} */
  get parts() {
    return [...this.units, ...this.lines];
  }

  /**
   * @param {DiagramPayload} data
   * @param {import("./layout.js").DiagramLayout} layout
   * @param {string[]} diverging  the colours from negative to positive
   */
  draw(data, { width, height, parts, inputs, columns }, diverging) {
    this.diverging = diverging;
    const { inUnit, names } = FACES[data.face];
    /** @type {SVGElement[]} */
    const over = [];
    this.inputs = inputs.map(({ box, text, input }) => {
      const [rect, label] = drawUnit(box, [text]);
      setAttributes(rect, { fill: "none", "data-unit": `0,${input}` });
      over.push(rect, label);
      return { rect, label, text };
    });
    [this.lines, this.units] = [[], []];
    for (const part of parts) {
      const name = part.selection.join(",");
      if (part.box) {
        const [rect, ...texts] = drawUnit(part.box, Array(inUnit.length).fill(""));
        setAttributes(rect, { "data-unit": part.selection.slice(0, 2).join(",") });
        over.push(rect, ...texts);
        this.units.push({ ...part, rect, texts });
      } else {
        const line = createSvg("line", { ...part.ends, "data-line": name });
        const text = part.label ? createSvg("text", { ...part.label, class: "on-line" }, "") : null;
        this.lines.push({ ...part, line, text });
      }
    }
    for (const { x, title, note, fold } of columns) {
      over.push(createSvg("text", { x, y: 16, class: "title" }, title));
      over.push(createSvg("text", { x, y: 31, class: "note" }, note));
      if (x !== columns[0].x) over.push(createSvg("text", { x, y: 47, class: "note names" }, names));
      if (fold) over.push(createSvg("text", { x, y: fold.y + 4, class: "fold" }, fold.text));
    }
    const last = columns.length - 1;
    this.targets = this.units
      .filter(({ layer }) => data.face === "forward" && layer === last - 1)
      .map(({ box }) => drawTarget(/** @type {Box} */ (box)));
    const selected = parts.find(({ selection }) => String(selection) === String(data.selected));
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    Object.assign(this.svg.style, { width: `${width}px`, height: `${height}px` });
    const labels = this.lines.flatMap(({ text }) => text ?? []);
    const halo = selected ? [drawHalo(selected)] : [];
    const [now, off] = [(data.now ?? []).map(String), data.off.map(String)];
    for (const { selection, rect } of this.units) {
      rect.classList.toggle("now", now.includes(selection.slice(0, 2).join(",")));
    }
    this.off = new Set(this.units.filter(({ rect }) => off.includes(rect.dataset.unit ?? "")));
    for (const { rect, box } of this.off) {
      rect.dataset.off = "true";
      over.unshift(drawCross(/** @type {Box} */ (box))); // under its numbers
    }
    for (const {
      selection: [layer, unit, input],
      line,
    } of this.lines) {
      const isIdle = off.includes(`${layer},${unit}`) || off.includes(`${layer - 1},${input}`);
      line.classList.toggle("idle", isIdle);
    }
    this.svg.replaceChildren(...this.lines.map(({ line }) => line), ...labels, ...over, ...this.targets, ...halo);
  }

  /** @param {DiagramPayload["face"]} face @param {Blocks} blocks */
  show(face, blocks) {
    const { inUnit, onLine, fill, size, common } = FACES[face];
    const ofLines = limitsOf(blocks, size, layersOf(this.lines), common);
    for (const { index, line, text } of this.lines) {
      const value = shownAt(blocks, size, index);
      updateLine(line, shareOf(value, ofLines[index]), this.diverging);
      setNumbers(line, lineData(blocks, index));
      if (text) setText(text, onLine.map((name) => inDigits(blocks[name][index])).join(" → "));
    }
    const ofUnits = limitsOf(blocks, fill, layersOf(this.units), common);
    for (const part of this.units) {
      const { index, rect, texts } = part;
      const color = this.diverging[Math.round(3 + 3 * shareOf(shownAt(blocks, fill, index), ofUnits[index]))];
      const isDropped = blocks.kept?.[index] === 0;
      const isHollow = isDropped || this.off.has(part);
      rect.setAttribute("fill", isHollow ? "none" : color);
      rect.classList.toggle("dropped", isDropped);
      setNumbers(rect, unitData(blocks, index));
      for (const [i, text] of texts.entries()) {
        text.style.fill = isHollow ? "" : isDark(color) ? "#fff" : "#000";
        setText(text, inDigits(blocks[inUnit[i]][index]));
      }
    }
    for (const [i, { rect, label, text }] of this.inputs.entries()) {
      if (!blocks.inputs) continue;
      setNumbers(rect, [["data-a", blocks.inputs[i]]]);
      setText(label, `${text} = ${inDigits(blocks.inputs[i])}`);
    }
    for (const [i, text] of this.targets.entries()) {
      const target = blocks.targets[i];
      setText(text, Number.isNaN(target) ? "" : `target ${inDigits(target)}`);
      setNumbers(text, [["data-target", target]]);
    }
  }
}

/** A unit with its numbers side by side. @param {Box} box @param {string[]} texts */
function drawUnit({ x, y, width, height }, texts) {
  const baseline = y + height / 2 + 4;
  const at = (/** @type {number} */ i) => x + (width * (i + 0.5)) / texts.length;
  const rect = createSvg("rect", { x, y, width, height, rx: UNIT_RADIUS_PX, fill: "none" }); // until it has numbers
  return [rect, ...texts.map((text, i) => createSvg("text", { x: at(i), y: baseline }, text))];
}

/** Through a unit that is off. @param {Box} box */
function drawCross({ x, y, width, height }) {
  return createSvg("path", {
    d: `M${x + UNIT_RADIUS_PX},${y}l${width - 2 * UNIT_RADIUS_PX},${height}m0,${-height}l${2 * UNIT_RADIUS_PX - width},${height}`,
    class: "cross",
  });
}

/** @param {Box} box */
function drawTarget({ x, y, width, height }) {
  return createSvg("text", { x: x + width + 6, y: y + height / 2 + 4, class: "target" }, "");
}

/** @param {Part} part */
function drawHalo({ ends, box }) {
  const style = { class: "halo", "stroke-width": 2 };
  if (!box) return createSvg("line", { ...ends, ...style });
  const [x, y] = [box.x - HALO_PX, box.y - HALO_PX];
  const [width, height] = [box.width + 2 * HALO_PX, box.height + 2 * HALO_PX];
  return createSvg("rect", { x, y, width, height, rx: UNIT_RADIUS_PX + HALO_PX, ...style });
}

/** @param {SVGElement} line @param {number} share  of the limit, from -1 to 1 @param {string[]} diverging */
function updateLine(line, share, diverging) {
  const size = Math.sqrt(Math.abs(share)); // so that small ones can be distinguished
  setAttributes(line, {
    stroke: diverging[share < 0 ? 1 : 5],
    "stroke-width": (0.3 + 4.7 * size).toFixed(2),
    "stroke-opacity": (0.1 + 0.8 * size).toFixed(2),
  });
}

/** At full precision; without an attribute where a number is unknown. @param {SVGElement} element @param {[string, number][]} numbers */
function setNumbers(element, numbers) {
  for (const [name, value] of numbers) {
    if (Number.isNaN(value)) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
  }
}

/** @param {number} value */
function inDigits(value) {
  if (Number.isNaN(value)) return "";
  const isSmall = value !== 0 && Math.abs(value) < SMALL;
  return isSmall ? short(value.toExponential(1)).replace("-", "−") : rounded(value, DIGITS);
}

/** @param {Part[]} parts */
function layersOf(parts) {
  return parts.map(({ layer }) => layer);
}
