// Frames that arrive by the dozen and leave one per repaint, at the pace at which the server makes them.

export const FRAME_MS = 1000 / 60;
const ASK_BELOW_MS = 220; // ask for more frames when less than this is left
const ASK_AGAIN_MS = 5000; // ask again when no answer has come within this time
const MAX_GAP_MS = 10 * FRAME_MS; // after a longer one the page was hidden, or had no frames

/** @template {{epoch: number}} Frame */
export class FrameQueue {
  constructor() {
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
   * @param {{after: number | null, now: number}} when
   */
  put(frames, { after, now }) {
    this.frames = after === null ? frames : [...this.frames.filter(({ epoch }) => epoch <= after), ...frames];
    this.paceMs = after === null ? 0 : Math.max(FRAME_MS, this.askedAt ? (now - this.askedAt) / frames.length : 0);
    this.askedAt = 0;
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
    return !waiting && this.frames.length * this.paceMs < ASK_BELOW_MS;
  }

  /** @param {number} now */
  markAsked(now) {
    this.askedAt = now;
  }
}
