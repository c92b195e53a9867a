// Plays frames in charts: the board, a race and a replay are film players.
//
// The server sends half a second of frames at a time. The browser shows them at the display's own pace, at most 60 per
// second, and asks for more when few are left: a page that is hidden or closed shows nothing and asks for nothing.

import { themeOf } from "./colors.js";
import { afterPaint, findAll } from "./dom.js";
import { FrameQueue } from "./frame_queue.js";
import { History } from "./history.js";
import { Hold } from "./hold.js";
import { drawOrTell } from "./no_charts.js";
import { fitSizes } from "./plotly.js";
import { areSame, inTheme } from "./themes.js";

/**
 * @typedef {object} FilmState  what every answer of the server holds
 * @property {number} run_id
 * @property {number} frame_version
 * @property {number | null} continues_from
 * @property {number | null} answered
 * @property {boolean} playing
 * @property {import("../contract.js").Themed<any> | null} figures  null where the browser has them already
 */

/**
 * What a subclass adds: the frames of an answer, and how the charts are drawn.
 *
 * @abstract
 * @template {FilmState} State
 * @template {{epoch: number}} Frame
 */
export class FilmPlayer {
  /** @param {HTMLElement} element @param {import("./mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send;
    /** @type {FrameQueue<Frame>} */
    this.queue = new FrameQueue();
    /** @type {State | null} */
    this.answer = null; // the server's last one
    this.history = new History();
    /** @type {Frame | null} */
    this.shown = null; // the frame on screen
    /** @type {import("./colors.js").Theme | null} */
    this.theme = null;
    this.looping = false; // whether frames are being shown
    this.closed = false;
    this.requests = Date.now(); // the number of the last one; after a reload they go on rising
    /** @type {Hold<State> | null} */
    this.hold = null; // while the film was stopped and the answer to that is on its way
    this.drawing = Promise.resolve();
    this.pendingDrawings = 0; // how often the charts have still to be drawn anew
    this.sizes = new ResizeObserver(() => fitSizes(findAll(element, ".plot")));
    this.sizes.observe(element);
  }

  // Plotly's charts go with their elements. To purge them would break a change that is still under way.
  close() {
    this.closed = true;
    this.sizes.disconnect();
  }

  /** The server's last answer, once there is one. */
  get state() {
    return /** @type {State} */ (this.answer);
  }

  /** The charts of the run, in the colours of the page. @returns {NonNullable<State["figures"]>["light"]} */
  get figures() {
    return this.state.figures && inTheme(this.state.figures, this.theme ?? "light");
  }

  /** Asks for more frames. @param {number | null} runId  the run whose charts are on screen; null for none */
  requestFrames(runId) {
    this.request("tick", runId);
  }

  /** @param {string} name @param {number | null} runId */
  request(name, runId) {
    this.requests += 1;
    const { lineage, until } = this.history;
    const { wanted, waitMs } = this.queue;
    const film = { epoch: this.shown?.epoch ?? null, number: this.requests, frames: wanted, wait_ms: waitMs };
    this.ask(name, { run_id: runId, lineage, until, ...film });
  }

  /** @param {string} name @param {import("../contract.js").Request} request */
  ask(name, request) {
    this.send(name, request);
  }

  /**
   * Stops the film where it is, and asks the server to go back there. Answers that are on their way already are not shown.
   *
   * @param {string} name  of the trigger
   */
  stopAndSend(name) {
    const hold = this.freeze(name);
    this.request(name, this.state.run_id);
    hold.number = this.requests;
  }

  /** Stops the film where it is. @param {string} name  of the request that will say so; "" if there will be another run */
  freeze(name) {
    this.hold?.end();
    const hold = new Hold(name, this.hold?.late ?? null, () => this.release());
    this.hold = hold;
    if (!this.looping) return hold;
    if (this.shown && !this.isWhole(this.shown)) {
      const isWhole = (/** @type {Frame} */ frame) => this.isWhole(frame);
      this.shown = this.queue.takeFirst(isWhole, (passed) => this.remember(passed)) ?? this.shown;
    }
    this.queue.clear();
    this.drawStopped();
    this.standStill(afterPaint); // what only looks the same, and takes longer, is drawn when that is painted
    return hold;
  }

  /** The film goes on, with what came in the meantime. */
  release() {
    const late = this.hold?.late;
    this.hold = null;
    if (this.closed) return;
    if (late) this.receive(late);
    else this.startLoop();
  }

  /** Takes what the server sent; called with the same once more when only the theme has changed. @param {State} state */
  async receive(state) {
    if (this.hold?.holdsBack(state, this.state.run_id)) return;
    this.hold?.end();
    this.hold = null;
    const before = this.answer;
    const started = state.run_id !== before?.run_id || !areSame(before.figures, state.figures ?? before.figures);
    const isNew = started || state.frame_version !== before?.frame_version;
    if (!started) Object.assign(state, { ...before, ...state, figures: state.figures ?? before.figures });
    // Mounted anew, from an answer that left out the charts or an earlier part of the history.
    if (!state.figures || !this.takeHistory(state)) return this.requestFrames(null);
    this.answer = state;
    const frames = this.framesOf(state);
    if (started) {
      this.queue = new FrameQueue(this.queue.answerTime);
      this.shown = frames[0];
      this.start(frames);
    }
    const theme = themeOf(this.element);
    if (started || theme !== this.theme) {
      this.theme = theme;
      this.pendingDrawings += 1;
      this.drawing = this.drawing.then(() => this.redraw());
    }
    if (isNew) this.enqueue(frames);
    await this.drawing;
    if (this.closed || this.pendingDrawings || state !== this.state) return;
    this.applyState();
    this.startLoop();
  }

  async redraw() {
    await drawOrTell(this.element, async () => {
      if (!this.closed) await this.draw();
    });
    if (this.closed) return;
    this.pendingDrawings -= 1;
    if (!this.pendingDrawings) this.drawStill(); // otherwise it is drawn once more at once
  }

  /** @param {Frame[]} frames */
  enqueue(frames) {
    const after = this.state.continues_from;
    const at = this.shown?.epoch ?? 0;
    const ahead = after === null ? frames : frames.filter(({ epoch }) => epoch >= at); // the picture never goes back
    const isAnswer = this.state.answered === this.requests;
    this.queue.put(ahead.length ? ahead : frames, { after, now: performance.now(), isAnswer });
  }

  startLoop() {
    if (this.looping || this.hold) return;
    this.looping = true;
    this.queue.shownAt = performance.now();
    requestAnimationFrame(this.loop);
  }

  loop = (/** @type {number} */ now) => {
    if (this.closed || this.hold) return;
    if (this.pendingDrawings) return void requestAnimationFrame(this.loop);
    const frame = this.queue.takeDue(now, (passed) => this.remember(passed));
    if (frame) {
      this.shown = frame;
      this.show(frame, now);
    }
    const { playing, run_id } = this.state;
    if (playing && this.queue.needsMore(now)) {
      this.queue.markAsked(now);
      this.requestFrames(run_id);
    }
    if (playing || !this.queue.isEmpty) {
      this.element.classList.add("training");
      requestAnimationFrame(this.loop);
      return;
    }
    this.standStill();
    if (frame && this.state.continues_from !== null) this.requestFrames(run_id); // a run ended by itself, and is seen
  };

  standStill(when = (/** @type {() => void} */ act) => act()) {
    this.looping = false;
    this.element.classList.remove("training");
    when(() => {
      if (!this.closed && !this.looping) this.drawStill();
    });
  }

  /** The frames of an answer. @param {State} _state @returns {Frame[]} */
  framesOf(_state) {
    throw new Error("abstract");
  }

  /** Takes what is new of the history; returns whether that is all. @param {State} _state @returns {boolean} */
  takeHistory(_state) {
    throw new Error("abstract");
  }

  /** Another run begins. @param {Frame[]} _frames */
  start(_frames) {}

  /** Draws every chart anew, for another run or another theme. @returns {Promise<void>} */
  async draw() {}

  /** What comes with an answer beside its frames, such as the ranges of the axes. */
  applyState() {}

  /** Whether a frame came with all that the charts show. @param {Frame} _frame @returns {boolean} */
  isWhole(_frame) {
    return true;
  }

  /** Keeps what came with a frame, for charts that are drawn later. @param {Frame} _frame */
  remember(_frame) {}

  /** Draws what there is time for within one repaint. @param {Frame} _frame @param {number} _now */
  show(_frame, _now) {}

  /** The film was stopped: what the charts show is that of the frame on screen, as it is drawn while it passes. */
  drawStopped() {}

  /** The run stands still: every chart shows the frame that the numbers describe. */
  drawStill() {}
}
