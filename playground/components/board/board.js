// The board, as Streamlit mounts it: with the page's buttons around it.

import { announceKept } from "../shared/keeping.js";
import { mount } from "../shared/mount.js";
import { allowTranslation } from "../shared/translated.js";
import { unpack } from "../shared/unpack.js";
import { Board } from "./board_view.js";
import { Transport } from "./transport.js";

class LiveBoard extends Board {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    super(element, send);
    this.transport = new Transport(this);
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
