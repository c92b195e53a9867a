// Draws a race as its frames come in: the losses of all contestants and their fits or maps, and the place of each.

import { create, find, findAll, setText } from "../shared/dom.js";
import { FilmPlayer } from "../shared/film_player.js";
import { mount } from "../shared/mount.js";
import { animate, draw, setAxes } from "../shared/plotly.js";
import { curveUpTo, floored, floorOf, rowsOf } from "../shared/rows.js";
import { unpack } from "../shared/unpack.js";
import { framesOfRace } from "./frames.js";
import { RaceMaps } from "./race_maps.js";

const LOSSES_EVERY = 3; // frames; at the others a map is drawn
const TEXT_EVERY = 6;

/**
 * @typedef {import("../race_contract.js").RaceState} RaceState
 * @typedef {import("./frames.js").RaceFrame} RaceFrame
 * @typedef {import("../shared/plotly.js").Plot} Plot
 */

/** @extends {FilmPlayer<RaceState, RaceFrame>} */
class Race extends FilmPlayer {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    super(element, send);
    /** @type {Plot[]} */
    const [losses, fits] = findAll(element, ".plot");
    this.losses = losses;
    this.fits = fits;
    this.maps = new RaceMaps(find(element, ".race-maps"));
    this.shownCount = 0;
  }

  /** @override @param {RaceState} state */
  framesOf(state) {
    return framesOfRace(state);
  }

  /** @override @param {RaceState} state */
  takeHistory({ history, names, arrays }) {
    return this.history.take(history, rowsOf(arrays.history_losses, names.length));
  }

  /** @override @param {RaceFrame[]} frames */
  start(frames) {
    this.maps.forget();
    this.maps.remember(frames.find(({ shades }) => shades) ?? frames[0]);
  }

  /** @override */
  async draw() {
    const { state, figures } = this;
    this.element.classList.toggle("plane", state.plane !== null);
    find(this.element, "table").replaceChildren(...state.names.map((name, i) => tableRow(name, figures.colors[i])));
    await this.maps.draw(state, figures); // first, since the chart of the losses is as high as they are
    await draw(this.losses, figures.losses);
    if (figures.fits) await draw(this.fits, figures.fits);
  }

  /** @override */
  applyState() {
    const { epoch, log, ticks } = this.state.ranges;
    setAxes(this.losses, {
      "xaxis.range": epoch,
      "yaxis.range": log,
      "yaxis.tickvals": ticks.tickvals,
      "yaxis.ticktext": ticks.ticktext,
    });
  }

  /** @override @param {RaceFrame} frame */
  remember(frame) {
    this.maps.remember(frame);
  }

  /** @override @param {RaceFrame} frame */
  show(frame) {
    this.shownCount += 1;
    this.drawFits(frame);
    if (this.shownCount % LOSSES_EVERY === 0) this.drawLosses(frame);
    else this.maps.drawNext();
    if (this.shownCount % TEXT_EVERY === 1) this.updateText(frame);
  }

  /** @override */
  drawStill() {
    if (!this.shown) return;
    this.drawFits(this.shown);
    this.drawLosses(this.shown);
    this.maps.drawAll();
    this.updateText(this.shown);
  }

  /** @param {RaceFrame} frame */
  drawFits({ outputs }) {
    if (!outputs) return;
    const moving = outputs.map((_, i) => i + 2); // after the target and the points
    animate(
      this.fits,
      outputs.map((y) => ({ y })),
      moving,
    );
  }

  /** @param {RaceFrame} frame */
  drawLosses({ epoch, losses }) {
    const { epochs, rows } = this.history.losses;
    const floor = floorOf(this.state.ranges.ticks);
    const curves = losses.map((value, i) => floored(curveUpTo(epochs, rows[i], { epoch, value }), floor));
    animate(this.losses, curves, [...curves.keys()]);
  }

  /** Each contestant's loss and place, and its map in words. @param {RaceFrame} frame */
  updateText({ epoch, losses }) {
    const ranking = [...losses.keys()].sort((a, b) => losses[a] - losses[b]);
    for (const [i, row] of findAll(this.element, "tr").entries()) {
      const [loss, place] = row.querySelectorAll("td");
      setText(loss, `loss ${losses[i].toPrecision(5)}`);
      setText(place, placeInWords(ranking.indexOf(i) + 1, epoch, this.state.diverged[i], this.state.stopped[i]));
    }
    this.maps.updateText();
    this.element.dataset.epoch = String(epoch);
  }
}

/**
 * A contestant's place at an epoch, and what has ended its training by then.
 *
 * @param {number} place
 * @param {number} epoch
 * @param {number | null} divergedAt
 * @param {[number, string] | null} stopped  at which epoch, and why
 */
export function placeInWords(place, epoch, divergedAt, stopped) {
  if (divergedAt !== null && divergedAt <= epoch + 1) return `diverged at epoch ${divergedAt}`;
  if (stopped === null || stopped[0] > epoch) return `place ${place}`;
  return `place ${place}, stopped at epoch ${stopped[0].toLocaleString("en-US")}: ${stopped[1]}`;
}

/** @param {string} name @param {string} color */
function tableRow(name, color) {
  const row = create("tr");
  const head = create("th");
  const dot = create("span", "● ");
  dot.style.color = color;
  head.append(dot, name);
  row.append(head, create("td"), create("td"));
  return row;
}

export default mount(".race", Race, unpack);
