// The numbers over the charts.

import { find, setText } from "../shared/dom.js";
import { fewDigits, short, signed } from "../shared/format.js";

const RATE_WINDOW_MS = 1000; // the epochs per second are those of this time

export class NumberTiles {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {[time: number, epoch: number][]} */
    this.rateWindow = [];
  }

  /** @param {import("./frames.js").Frame} frame */
  write({ epoch, loss, objective, test_loss, change, gradient_norm }) {
    this.writeOne("epoch", String(epoch), epoch);
    this.writeOne("loss", loss >= 1e-4 && loss < 1e6 ? loss.toPrecision(6) : fewDigits(loss), loss);
    this.writeOne("objective", fewDigits(objective), objective ?? "");
    this.writeOne("test-loss", fewDigits(test_loss), test_loss ?? "");
    this.writeOne("loss-change", signed(change), change);
    this.writeOne("gradient-norm", short(gradient_norm.toPrecision(4)), gradient_norm);
  }

  /** @param {number} epoch @param {number} now */
  writeRate(epoch, now) {
    this.rateWindow.push([now, epoch]);
    while (this.rateWindow.length > 2 && now - this.rateWindow[0][0] > RATE_WINDOW_MS) this.rateWindow.shift();
    const [then, before] = this.rateWindow[0];
    if (now - then <= RATE_WINDOW_MS / 5) return;
    const rate = ((epoch - before) / (now - then)) * 1000;
    this.writeOne("epochs-per-second", Math.round(rate).toLocaleString("en-US"));
  }

  restartRate() {
    this.rateWindow = [];
    this.writeOne("epochs-per-second", "–");
  }

  /** @param {import("../contract.js").BoardHeader} header */
  writeLearningRates({ stable_learning_rate: stable, stable_bound: bound, learning_rate: used, scheduled_rate: set }) {
    this.writeOne("stable-learning-rate", fewDigits(stable), stable ?? "");
    this.writeOne(
      "learning-rate",
      set === null ? `in use: ${used}` : `in use: ${short(Number(used.toPrecision(3)))} of ${set}`,
    );
    this.writeOne("stable-bound", `. ${bound}`);
    const cell = this.cell("stable-learning-rate");
    cell.title = bound;
    const tile = cell.closest("div");
    if (tile) tile.title = bound;
  }

  /** @param {string} name @param {string} text @param {number | string} [value]  in full, where the text is rounded */
  writeOne(name, text, value) {
    const cell = this.cell(name);
    setText(cell, text);
    if (value !== undefined) cell.dataset.value = cell.title = String(value);
  }

  /** @param {string} name */
  cell(name) {
    return find(this.element, `[data-testid=${name}]`);
  }
}
