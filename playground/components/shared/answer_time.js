// How long the server takes to answer: the line there and back, and its work.

const KEPT = 5; // answers

export class AnswerTime {
  constructor() {
    /** @type {number[]} */
    this.waits = []; // ms, the latest last
  }

  /** @param {number} wait  in ms */
  note(wait) {
    this.waits.push(wait);
    if (this.waits.length > KEPT) this.waits.shift();
  }

  /** What the next answer takes, in ms: the second longest of the last few, as one may have been late; null if unknown. */
  get expectedMs() {
    const [longest, second] = [...this.waits].sort((a, b) => b - a);
    return second ?? longest ?? null;
  }
}
