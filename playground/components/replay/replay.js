// Plays the recorded frames of a run on a board, by button, slider and keys; there is no server to ask for more.

import { Board } from "../board/board_view.js";
import { setText } from "../shared/dom.js";
import { unpack } from "../shared/unpack.js";

const PACE_MS = 50; // per frame

/**
 * @typedef {import("../board/frames.js").Frame} Frame
 * @typedef {{button: HTMLButtonElement, slider: HTMLInputElement, place: HTMLElement}} Controls
 */

class Replay extends Board {
  /** @param {HTMLElement} element @param {Controls} controls */
  constructor(element, { button, slider, place }) {
    super(element, () => {});
    this.button = button;
    this.slider = slider;
    this.place = place;
    /** @type {Frame[]} */
    this.frames = [];
    button.onclick = () => (this.queue.isEmpty ? this.play() : this.queue.clear());
    slider.oninput = () => this.seek(Number(slider.value));
  }

  /** The recording waits until it is played. @override @param {Frame[]} frames */
  enqueue(frames) {
    this.frames = frames;
    this.slider.max = String(frames.length - 1);
  }

  play() {
    const at = this.frames.indexOf(/** @type {Frame} */ (this.shown));
    const rest = this.frames.slice(at === this.frames.length - 1 ? 0 : at + 1);
    this.button.textContent = "Pause";
    this.startLoop();
    this.queue.playRecording(rest, { paceMs: PACE_MS, now: performance.now() });
  }

  /** @param {number} index */
  seek(index) {
    this.queue.clear();
    this.shown = this.frames[index];
    this.remember(this.shown);
    this.drawStill();
  }

  /** @override @param {Frame} frame @param {number} now */
  show(frame, now) {
    super.show(frame, now);
    this.writePlace(frame);
  }

  /** @override */
  drawStill() {
    super.drawStill();
    this.button.textContent = "Play";
    this.button.disabled = this.slider.disabled = false;
    if (this.shown) this.writePlace(this.shown);
  }

  /** @param {Frame} frame */
  writePlace(frame) {
    this.slider.value = String(this.frames.indexOf(frame));
    setText(this.place, `epoch ${frame.epoch.toLocaleString("en-US")}`);
  }
}

/**
 * @param {HTMLElement} element  the board
 * @param {string} payload  the frames as `pack` writes them, in base64
 * @param {string} plotly  Plotly's script, compressed, in base64
 * @param {Controls} controls
 */
export function replay(element, payload, plotly, controls) {
  element.dataset.plotly = `data:application/gzip;base64,${plotly}`;
  const state = unpack(Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0)));
  new Replay(element, controls).receive({ ...state, editable: false });
}
