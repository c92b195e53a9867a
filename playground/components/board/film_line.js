// The way by which the board asks for more frames without Streamlit, which would run the page for that.

const PATH = "film"; // as in server/film.py
const MAX_WAIT_MS = 10_000;

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
    this.isAsking = false;
  }

  /**
   * Asks, unless an answer is awaited.
   *
   * @param {Request} request
   * @param {(bytes: Uint8Array<ArrayBuffer>) => void} onAnswer
   * @param {() => void} otherwise  called where this server does not answer so
   */
  async ask(request, onAnswer, otherwise) {
    if (this.isAsking) return;
    this.isAsking = true;
    const { ticket } = this;
    const bytes = await post({ ticket, request });
    this.isAsking = false;
    if (ticket !== this.ticket) return; // the page is another visit's by now
    if (bytes) onAnswer(bytes);
    else otherwise();
  }
}

/** @param {{ticket: string | null, request: Request}} asked */
async function post(asked) {
  const signal = AbortSignal.timeout(MAX_WAIT_MS);
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
