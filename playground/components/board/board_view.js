// The board: the numbers, the fit, the loss and the weights of a run, as its frames come in.

import { find, findAll, nextTask, setText } from "../shared/dom.js";
import { FilmPlayer } from "../shared/film_player.js";
import { Views } from "../shared/frame_events.js";
import { animate, draw, onClick, restyle } from "../shared/plotly.js";
import { areNear } from "../shared/rows.js";
import { mostOverdue } from "../shared/secondary_charts.js";
import { addPictureMenus } from "./board_pictures.js";
import { framesOf, nothing, REMEMBERED } from "./frames.js";
import { LossChart } from "./loss_chart.js";
import { NumberTiles } from "./number_tiles.js";
import { outOfSight } from "./out_of_sight.js";
import { watchPanels } from "./panel_pictures.js";
import { drawPassingLine } from "./passing_line.js";
import { PlaneMap } from "./plane_map.js";
import { PointEditor } from "./point_editor.js";
import { inputAt, WeightMaps } from "./weight_maps.js";

const LOSS_INTERVAL_MS = 50; // how often the secondary charts are drawn; the fit is drawn at every repaint
const WEIGHTS_INTERVAL_MS = 95;
const UNSEEN_SHARE = 1 / 4000; // of the range of a curve or of the colours: less cannot be seen

/**
 * @typedef {import("../shared/plotly.js").Plot} Plot
 * @typedef {import("./frames.js").Frame} Frame
 */

/** @extends {FilmPlayer<import("../contract.js").BoardState, Frame>} */
export class Board extends FilmPlayer {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    super(element, send);
    this.latest = nothing();
    /** @type {{still: Plot, moving: Plot, loss: Plot, weights: Plot[]} | null} */
    this.plots = null; // the fit is two charts, one over the other: what stands still and what moves
    /** @type {import("../shared/secondary_charts.js").SecondaryChart[]} */
    this.secondary = [];
    /** @type {{epoch: number | null, picture: import("../shared/rows.js").Numbers | null}} */
    this.drawn = { epoch: null, picture: null }; // the fit on screen
    this.isBehind = false; // whether Plotly knows of an earlier curve than is on screen
    this.views = new Views();
    this.numbers = new NumberTiles(element);
    this.lossChart = new LossChart(element);
    this.map = new PlaneMap(element);
    this.weights = new WeightMaps(find(element, ".layers"));
    this.editor = new PointEditor(find(element, ".fit-chart"), find(element, ".new-point input"), (from, to) =>
      this.send("points", { from, to }),
    );
    this.stopWatching = watchPanels(element);
  }

  /** @override */
  close() {
    super.close();
    this.views.close();
    this.stopWatching();
  }

  /** @override @param {import("../contract.js").BoardState} state */
  framesOf(state) {
    return framesOf(state);
  }

  /** @override @param {import("../contract.js").BoardState} state */
  async receive(state) {
    const { hold, answer } = this;
    if (hold && answer?.run_id === state.run_id) {
      // A film that was stopped has gone back a little: axes and colours stay, so that nothing changes after the stop.
      const limits = state.limits.map((limit, layer) => Math.max(limit, answer.limits[layer]));
      Object.assign(state, { limits, ranges: this.lossChart.widest(state.ranges) });
    }
    await super.receive(state);
  }

  /** @override @param {import("../contract.js").BoardState} state */
  takeHistory({ history, arrays: { history_losses, history_objectives, tested_epochs, tested_losses } }) {
    const tests = { epochs: tested_epochs, losses: tested_losses };
    return this.history.take(history, [history_losses, history_objectives], tests);
  }

  /** @override @param {Frame[]} frames */
  start(frames) {
    for (const name of REMEMBERED) {
      Object.assign(this.latest, { [name]: frames.find((frame) => frame[name])?.[name] ?? null });
    }
    this.remember(frames[0]);
    this.numbers.restartRate();
    this.element.classList.toggle("tested", this.state.test_losses[0] !== null);
  }

  /** @override */
  applyState() {
    const { state, element } = this;
    element.classList.toggle("penalised", Boolean(state.arrays.history_objectives));
    element.classList.toggle("own", state.editable);
    this.lossChart.setRanges(state.ranges);
    this.numbers.writeLearningRates(state);
    this.editor.enable(state.editable && !state.playing && this.plots !== null, state.plane !== null);
    this.weights.outline(state);
  }

  /** @override @param {Frame} frame */
  isWhole({ parameters, output, shades }) {
    return parameters !== null && (output ?? shades) !== null;
  }

  /** @override @param {Frame} frame */
  remember(frame) {
    for (const name of REMEMBERED) {
      if (frame[name]) Object.assign(this.latest, { [name]: frame[name] });
    }
    const { run_id, playing, limits } = this.state;
    const { epoch, loss, test_loss } = frame;
    const { output: _output, shades: _shades, ...latest } = this.latest;
    this.views.frame = { run_id, playing, limits, epoch, loss, test_loss, ...latest };
  }

  /** @override @param {Frame} frame @param {number} now */
  show(frame, now) {
    this.numbers.write(frame);
    this.numbers.writeRate(frame.epoch, now);
    this.drawOutput();
    if (!this.views.frame) return;
    const views = this.views.ofRun(this.state.run_id);
    for (const view of views) if (!view.intervalMs) view.update(this.views.frame);
    const next = mostOverdue([...this.secondary, ...views.filter(({ intervalMs }) => intervalMs)], now);
    if (!next) return;
    next.drawnAt = now;
    next.update(this.views.frame);
  }

  /** @override */
  drawStopped() {
    if (!this.shown || !this.views.frame) return;
    this.numbers.write(this.shown);
    this.drawOutput();
    for (const chart of this.secondary) chart.update(this.views.frame);
  }

  /** @override */
  drawStill() {
    const { shown, plots, state } = this;
    if (!shown || !this.views.frame) return;
    this.numbers.write(shown);
    this.numbers.restartRate();
    if (!plots) return; // they cannot come
    this.drawOutput();
    this.views.frame = { ...this.views.frame, playing: state.playing };
    for (const chart of [...this.secondary, ...this.views.ofRun(state.run_id)]) chart.update(this.views.frame);
    if (state.plane) this.map.drawStill(this.latest.shades);
    else restyle(plots.still, { y: [Array.from(this.latest.output ?? [])] }, [3]);
  }

  /** @override */
  async draw() {
    const { state, figures, element } = this;
    const { plane } = state;
    for (const [name, color] of Object.entries(figures.colors)) element.style.setProperty(`--${name}`, color);
    for (const [side, px] of Object.entries(figures.charts[0].layout.margin)) {
      element.style.setProperty(`--margin-${side}`, `${px}px`);
    }
    element.style.setProperty("--outside", figures.outside);
    element.style.setProperty("--outside-share", `${100 * state.outside}%`);
    this.weights.begin(state.layers, figures.diverging);
    element.classList.toggle("plane", plane !== null);
    const [
      {
        data: [target],
      },
    ] = figures.charts;
    element.classList.toggle("untargeted", !plane && target.y.every((/** @type {number | null} */ y) => y === null));
    /** @type {Plot[]} */
    const plots = findAll(element, ".plot");
    for (const [i, plot] of plots.entries()) {
      plot.parentElement?.classList.add("drawn");
      await draw(plot, figures.charts[i]);
      if (!this.plots && i) await nextTask(); // the first time it takes long; the fit, of two charts, is seen first
      if (this.closed) return;
    }
    const [still, moving, loss, ...weights] = plots;
    this.plots = { still, moving, loss, weights };
    this.drawn = { epoch: null, picture: null };
    for (const [i, plot] of weights.entries()) {
      onClick(
        plot,
        ({
          points: [
            {
              pointIndex: [unit, column],
            },
          ],
        }) => this.choose(i, unit, column),
      );
    }
    addPictureMenus(this, this.plots);
    if (plane) this.map.begin({ still, moving }, plane, figures.scales, state.test_losses[0] !== null);
    this.lossChart.begin(loss, state.ranges);
    this.weights.outline(state);
    this.secondary = [
      { drawnAt: 0, intervalMs: LOSS_INTERVAL_MS, update: () => this.drawLoss() },
      ...weights.map((_, i) => ({ drawnAt: 0, intervalMs: WEIGHTS_INTERVAL_MS, update: () => this.drawWeights(i) })),
    ];
  }

  /**
   * The fit: the curve or the map of the last frame that came with one. When the run stands still, the server sends in full
   * what was drawn already; nothing moves then.
   */
  drawOutput() {
    if (!this.plots) return;
    const { output, shades, confusion } = this.latest;
    const epoch = this.shown?.epoch ?? null;
    const picture = output ?? shades;
    const [low, high] = this.state.plane?.limits ?? this.plots.moving.layout.yaxis.range;
    const isDrawn = epoch === this.drawn.epoch && areNear(picture, this.drawn.picture, (high - low) * UNSEEN_SHARE);
    if (this.state.plane) this.map.update(isDrawn ? null : shades, confusion);
    else if (output && !isDrawn && this.looping && drawPassingLine(this.plots.moving, output)) this.isBehind = true;
    else if (!isDrawn || (this.isBehind && !this.looping)) {
      animate(this.plots.moving, [{ y: output }], [0]);
      this.isBehind = false;
    }
    if (isDrawn) return;
    this.drawn = { epoch, picture };
    const words = picture ? outOfSight(picture, this.state.plane ? null : [low, high]) : "";
    setText(find(this.element, ".out-of-sight"), words);
  }

  drawLoss() {
    if (this.shown) this.lossChart.update(this.history, this.shown, this.state.lowest_test);
  }

  /** @param {number} layer */
  drawWeights(layer) {
    const { parameters } = this.latest;
    if (!parameters) return;
    if (this.looping && this.shown) this.weights.updatePassing(layer, parameters, this.state, this.shown.epoch);
    else this.weights.update(layer, parameters, this.state);
  }

  /** Selects what was clicked on a heatmap. @param {number} layer @param {number} unit @param {number} column */
  choose(layer, unit, column) {
    const input = inputAt(column, this.state.shapes[layer]);
    if (input !== null) this.send("select", [layer + 1, unit, input]);
  }
}
