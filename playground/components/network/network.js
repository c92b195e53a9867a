// Shows one face of the network, and lets a unit or a line of it be selected. While it trains, its numbers come with the
// board's frames; when the run stands still, with the panel.

import { themeOf } from "../shared/colors.js";
import { find, setText } from "../shared/dom.js";
import { joinBoard } from "../shared/frame_events.js";
import { mount } from "../shared/mount.js";
import { blocksOf, passingBlocks, restAfter } from "./faces.js";
import { partAt } from "./hit_testing.js";
import { bringIntoView } from "./in_view.js";
import { hasUnlabelled, layOut } from "./layout.js";
import { inWords } from "./parameters.js";
import { markInput, Picking } from "./picking.js";
import { Picture } from "./picture.js";
import { placeOfTip } from "./tip_place.js";
import { UnitView } from "./unit.js";

/**
 * @typedef {import("../view_contract.js").DiagramPayload} DiagramPayload
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 * @typedef {import("./layout.js").Part} Part
 */

/** @type {"button"} */
const TRANSPORT = /** @type {any} */ (":is(.st-key-train, .st-key-pause) button"); // the page's own, which is far above
const FILM_MS = 900; // from one place of a walk to the next

let opened = 0; // how often the drawing had been opened when it was brought into view last

class Diagram {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send;
    /** @type {SVGElement} */
    this.svg = find(element, "svg");
    this.canvas = find(element, ".canvas");
    this.tip = find(element, ".tip");
    this.picture = new Picture(this.svg);
    this.unit = new UnitView(find(element, ".unit"));
    this.room = 0; // its width
    /** @type {DiagramPayload | null} */
    this.data = null;
    /** @type {import("./faces.js").Blocks | null} */
    this.blocks = null; // the latest numbers
    /** @type {import("../board/frames.js").FaceNumbers | null} */
    this.seen = null; // the last frame's
    /** @type {SharedFrame["parameters"]} */
    this.parameters = null; // the latest that a frame brought
    /** @type {{part: Part, at: [number, number]} | null} */
    this.pointed = null; // the part under the pointer
    this.film = 0; // its timer
    this.drawnAt = 0; // when a passing frame was drawn last
    this.restMs = 0; // how long none is drawn after that
    this.leaveBoard = () => {};
    this.svg.onpointermove = (event) => this.point(event);
    this.svg.onpointerleave = () => this.point(null);
    this.svg.onclick = (event) => {
      this.point(event);
      if (this.pointed) this.send("select", this.pointed.part.selection);
    };
    this.sizes = new ResizeObserver(() => this.fitWidth());
    this.sizes.observe(this.canvas);
    this.mark = document.createElement("i"); // on the fit
    this.pickButton = find(element, ".pick");
    this.picking = new Picking(
      (input, wasAsked) => {
        if (this.data?.takes_input) this.send("input", input);
        if (wasAsked) bringIntoView(this.element);
      },
      (isArmed) => this.writePick(isArmed),
    );
    this.pickButton.onclick = () => this.picking.arm(!this.picking.isArmed);
    this.playButton = find(element, ".play");
    this.playButton.onclick = () => document.querySelector(TRANSPORT)?.click();
    this.playButton.onkeyup = (event) => event.key === " " && event.preventDefault(); // the page's own key does the same
  }

  close() {
    clearTimeout(this.film);
    this.leaveBoard();
    this.picking.close();
    this.mark.remove();
    this.sizes.disconnect();
  }

  /** @param {DiagramPayload} data */
  receive(data) {
    this.leaveBoard();
    const begins = data.now && !this.data?.now;
    const isSame = this.data?.face === data.face && this.data.run_id === data.run_id;
    this.data = data;
    const numbers = data.numbers && blocksOf(data.blocks, data.numbers);
    this.blocks = numbers ?? (isSame ? this.blocks : null);
    this.element.dataset.face = data.face;
    this.svg.ariaLabel = data.description;
    setText(find(this.element, ".in-words"), data.numbers_in_words);
    setText(this.playButton, data.numbers ? "Play" : "Stop");
    this.pickButton.hidden = !data.takes_input;
    this.unit.draw(data.unit, data.colors[themeOf(this.element)].unit);
    this.room = 0;
    this.fitWidth();
    if (data.opened > opened) bringIntoView(this.element);
    opened = data.opened;
    if (begins) this.canvas.focus({ preventScroll: true }); // so that its keys are not those of the control that began it
    clearTimeout(this.film);
    if (data.film) this.film = setTimeout(() => this.send("turn", 1), FILM_MS);
    const update = (/** @type {SharedFrame} */ frame) => this.update(frame);
    this.leaveBoard = joinBoard({ run_id: data.run_id, intervalMs: 0, drawnAt: 0, update });
  }

  /** @param {boolean} isArmed */
  writePick(isArmed) {
    this.pickButton.ariaPressed = String(isArmed);
    setText(this.pickButton, isArmed ? "Now click the fit" : "Pick x on the fit");
  }

  fitWidth() {
    const room = this.canvas.clientWidth;
    if (!this.data || !room || room === this.room) return;
    this.room = room;
    const { diverging } = this.data.colors[themeOf(this.element)];
    this.element.style.setProperty("--negative", diverging[1]);
    this.element.style.setProperty("--positive", diverging[5]);
    const layout = layOut(this.data, room);
    this.canvas.tabIndex = layout.width > room ? 0 : -1; // what scrolls is within reach of the keyboard
    this.element.classList.toggle("unlabelled", this.data.face !== "weights" && hasUnlabelled(layout));
    this.picture.draw(this.data, layout, diverging);
    this.show();
  }

  /** A frame of a running training. @param {SharedFrame} frame */
  update({ face, sums, parameters }) {
    if (!this.data || this.data.numbers || !face || face === this.seen || face.key !== this.data.key) return;
    const now = performance.now();
    if (now - this.drawnAt < this.restMs) return;
    this.drawnAt = now;
    requestAnimationFrame(() => {
      this.restMs = restAfter(performance.now() - now);
    });
    [this.seen, this.parameters] = [face, parameters];
    this.blocks = passingBlocks(this.data, face.numbers);
    if (sums?.key === face.key && sums.parameter === String(this.data.selected)) this.unit.write(sums.lines);
    this.show();
  }

  show() {
    if (this.data) markInput(this.mark, this.data.x);
    if (this.data && this.blocks) this.picture.show(this.data.face, this.blocks);
    const { blocks } = this;
    this.element.classList.toggle("dropout", Boolean(blocks?.kept));
    this.element.classList.toggle("some-off", Boolean(this.data?.off.length));
    const selected = this.data?.selected?.slice(0, 2).join(",");
    const unit = this.picture.units.find(({ selection }) => selection.slice(0, 2).join(",") === selected);
    if (unit && blocks?.z) this.unit.place(blocks.z[unit.index], blocks.a?.[unit.index]);
    this.updateText();
  }

  /** @param {PointerEvent | MouseEvent | null} event  null when the pointer leaves */
  point(event) {
    this.pointed = null;
    if (event) {
      const frame = this.svg.getBoundingClientRect();
      /** @type {[number, number]} */
      const at = [event.clientX - frame.left, event.clientY - frame.top];
      const part = partAt(this.picture.parts, at);
      if (part) this.pointed = { part, at };
    }
    this.svg.classList.toggle("hot", Boolean(this.pointed));
    this.updateText();
  }

  /** The numbers under the pointer, and the selected ones, in full. */
  updateText() {
    if (!this.data) return;
    this.tip.hidden = !this.pointed;
    if (this.pointed) {
      setText(this.tip, this.describe(this.pointed.part).replaceAll(" = ", "\u00a0=\u00a0")); // no number on another line
      const boxes = this.picture.parts.flatMap(({ box }) => box ?? []);
      Object.assign(this.tip.style, placeOfTip(this.pointed.at, this.canvas, this.pointed.part.box, boxes));
    }
    const { selected } = this.data;
    const part = this.picture.parts.find(({ selection }) => String(selection) === String(selected));
    setText(find(this.element, ".chosen"), part ? `Selected: ${this.describe(part)}` : "Nothing is selected.");
  }

  /** @param {Part} part */
  describe(part) {
    return this.data && this.blocks ? inWords(part, this.data, this.blocks, this.parameters) : "";
  }
}

export default mount(".network", Diagram);
