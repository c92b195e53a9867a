// The way by which the board asks for more frames without Streamlit, which would run the page for that.

const PATH = "film"; // as in server/film.py
const MAX_WAIT_MS = 5000;

/** @typedef {import("../contract.js").Request} Request */

/**
 * Whether an answer was given before the one that is on screen: the two ways may take turns on the line.
 *
 * @param {{ticket: string | null, serial: number}} state
 * @param {{ticket: string | null, serial: number} | null} shown
 */
export function isLate(state, shown) {
  return shown?.ticket != null && state.ticket === shown.ticket && state.serial < shown.serial;
}

export class FilmLine {
  constructor() {
    /** @type {string | null} */
    this.ticket = null; // of the visit; null where Streamlit has to be asked
    /** @type {AbortController | null} */
    this.asking = null; // while an answer is awaited
  }

  /**
   * Takes the ticket that came with an answer; returns whether it is another visit's, as after a cut. What was asked with the
   * one before is given up: its line may be silent for long.
   *
   * @param {string | null} ticket
   */
  take(ticket) {
    if (ticket === this.ticket) return false;
    this.ticket = ticket;
    this.giveUp();
    return true;
  }

  /** What is awaited is not heard any more. */
  giveUp() {
    this.asking?.abort();
    this.asking = null;
  }

  /**
   * Asks, unless an answer is awaited.
   *
   * @param {Request} request
   * @param {(bytes: Uint8Array<ArrayBuffer>) => void} onAnswer
   * @param {() => void} otherwise  called where this server does not answer so
   */
  async ask(request, onAnswer, otherwise) {
    if (this.asking) return;
    const asking = new AbortController();
    this.asking = asking;
    const timer = setTimeout(() => asking.abort(), MAX_WAIT_MS);
    const bytes = await post({ ticket: this.ticket, request }, asking.signal);
    clearTimeout(timer);
    if (this.asking !== asking) return; // it was given up
    this.asking = null;
    if (bytes) onAnswer(bytes);
    else otherwise();
  }
}

/** @param {{ticket: string | null, request: Request}} asked @param {AbortSignal} signal */
async function post(asked, signal) {
  try {
    const answer = await fetch(new URL(PATH, document.baseURI), {
      method: "POST",
      body: JSON.stringify(asked),
      signal,
    });
    return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
  } catch {
    return null; // the line is cut, or the server too busy
  }
}
