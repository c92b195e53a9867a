// The board, as Streamlit mounts it: with the page's buttons around it.

import { announceKept } from "../shared/keeping.js";
import { mount } from "../shared/mount.js";
import { allowTranslation } from "../shared/translated.js";
import { unpack } from "../shared/unpack.js";
import { Board } from "./board_view.js";
import { FilmLine, isLate } from "./film_line.js";
import { Transport } from "./transport.js";

class LiveBoard extends Board {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    super(element, send);
    this.transport = new Transport(this);
    this.line = new FilmLine();
  }

  /** @override @param {string} name @param {import("../contract.js").Request} request */
  ask(name, request) {
    const byStreamlit = () => super.ask(name, request);
    if (name !== "tick") this.line.giveUp(); // a stop is answered with all that there is
    if (name !== "tick" || this.line.ticket === null || this.answer?.page_due) byStreamlit();
    else this.line.ask(request, (bytes) => this.receive(unpack(bytes)), byStreamlit);
  }

  /** @override @param {import("../contract.js").BoardState} state */
  async receive(state) {
    const { answer } = this;
    if (this.line.take(state.ticket)) this.queue.askedAt = 0; // nothing is awaited of the visit before
    await super.receive(answer && isLate(state, answer) ? answer : state); // which may have come for another theme
    if (state.page_due && state === this.answer) this.askForPage();
  }

  /** More has changed than the board shows: Streamlit runs the page. */
  askForPage() {
    this.queue.markAsked(performance.now());
    this.requestFrames(this.state.run_id);
  }

  /** @override */
  close() {
    super.close();
    this.transport.close();
  }

  /** @override @param {import("../contract.js").BoardState} state */
  takeHistory(state) {
    const isWhole = super.takeHistory(state);
    if (isWhole && state.arrays.kept) announceKept(state.arrays.kept, this.history);
    return isWhole;
  }

  /** @override */
  applyState() {
    super.applyState();
    this.transport.watchApp();
    this.transport.answered();
  }
}

allowTranslation(); // where there is no first page of ours, which does so earlier
export default mount(".board", LiveBoard, unpack);
