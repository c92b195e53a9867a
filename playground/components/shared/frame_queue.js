// Frames that arrive by the dozen and leave one per repaint, at the pace at which the server makes them.

import { AnswerTime } from "./answer_time.js";

export const FRAME_MS = 1000 / 60;
const FRAMES_PER_TICK = 30; // as in player/pacing.py
const MAX_FRAMES_PER_TICK = 90;
const MARGIN_MS = 150; // by which an answer may be later than expected
const LEAST_RESERVE_MS = 220;
const ASK_AGAIN_MS = 5000; // ask again when no answer has come within this time
const MAX_GAP_MS = 10 * FRAME_MS; // after a longer one the page was hidden, or had no frames

/** @template {{epoch: number}} Frame */
export class FrameQueue {
  /** @param {AnswerTime} answerTime  known from the films before this one */
  constructor(answerTime = new AnswerTime()) {
    this.answerTime = answerTime;
    /** @type {Frame[]} */
    this.frames = [];
    this.paceMs = FRAME_MS;
    this.shownAt = 0; // when the frame on screen was due
    this.askedAt = 0; // when more frames were asked for; 0 while no answer is awaited
  }

  get isEmpty() {
    return this.frames.length === 0;
  }

  /**
   * Takes the frames of one answer. They continue the film after an epoch: what was queued beyond it is out of date. If that
   * is null, they replace all that was queued, and are due at once.
   *
   * @param {Frame[]} frames
   * @param {{after: number | null, now: number, isAnswer?: boolean}} when  and whether this is what was asked for
   */
  put(frames, { after, now, isAnswer = true }) {
    if (isAnswer) {
      if (this.askedAt) this.answerTime.note(now - this.askedAt);
      this.askedAt = 0;
    }
    this.frames = after === null ? frames : [...this.frames.filter(({ epoch }) => epoch <= after), ...frames];
    const untilMore = this.answerTime.expectedMs ?? 0; // if more is asked for at once, the queue has to last so long
    this.paceMs = after === null ? 0 : Math.max(FRAME_MS, untilMore / this.frames.length);
  }

  /**
   * Replaces the queue by a recording that is played from now on.
   *
   * @param {Frame[]} frames
   * @param {{paceMs: number, now: number}} when
   */
  playRecording(frames, { paceMs, now }) {
    Object.assign(this, { frames: [...frames], paceMs, shownAt: now });
  }

  clear() {
    this.frames = [];
  }

  /**
   * Takes the frames that are due out of the queue and returns the last of them, or null; `onPassed` is called with each.
   *
   * @param {number} now
   * @param {(frame: Frame) => void} onPassed
   * @returns {Frame | null}
   */
  takeDue(now, onPassed) {
    if (now - this.shownAt > MAX_GAP_MS) this.shownAt = now - this.paceMs;
    let due = null;
    while (!this.isEmpty && now - this.shownAt >= this.paceMs - 1) {
      due = /** @type {Frame} */ (this.frames.shift());
      onPassed(due);
      this.shownAt = this.paceMs === 0 ? now : this.shownAt + this.paceMs;
    }
    return due;
  }

  /**
   * Takes the frames up to the first that meets a condition out of the queue and returns that one, or null.
   *
   * @param {(frame: Frame) => boolean} condition
   * @param {(frame: Frame) => void} onPassed  called with each
   * @returns {Frame | null}
   */
  takeFirst(condition, onPassed) {
    const taken = this.frames.splice(0, this.frames.findIndex(condition) + 1);
    for (const frame of taken) onPassed(frame);
    return taken.at(-1) ?? null;
  }

  /** Whether more frames have to be asked for now; the caller then asks. @param {number} now */
  needsMore(now) {
    const waiting = this.askedAt && now - this.askedAt <= ASK_AGAIN_MS;
    return !waiting && this.frames.length * this.paceMs < this.reserveMs;
  }

  /** Below how much film more is asked for: as much as is shown until an answer comes. At once while that is unknown. */
  get reserveMs() {
    const { expectedMs } = this.answerTime;
    return expectedMs === null ? Number.POSITIVE_INFINITY : Math.max(LEAST_RESERVE_MS, expectedMs + MARGIN_MS);
  }

  /** How long answers take, in whole ms; null while that is unknown. */
  get waitMs() {
    const { expectedMs } = this.answerTime;
    return expectedMs === null ? null : Math.round(expectedMs);
  }

  /** How many frames to ask for: those that are shown until the answer after that comes. */
  get wanted() {
    const shown = Math.ceil(((this.answerTime.expectedMs ?? 0) + MARGIN_MS) / FRAME_MS);
    return Math.min(MAX_FRAMES_PER_TICK, Math.max(FRAMES_PER_TICK, shown));
  }

  /** @param {number} now */
  markAsked(now) {
    this.askedAt = now;
  }
}
