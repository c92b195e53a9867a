// How well the network does beside its loss: a table of measures, whose numbers come with the board's frames.

import { create, find, setText } from "../shared/dom.js";
import { rounded } from "../shared/format.js";
import { joinBoard } from "../shared/frame_events.js";
import { mount } from "../shared/mount.js";
import { fillTable } from "../shared/table.js";

const INTERVAL_MS = 200;

/**
 * @typedef {import("../view_contract.js").MeasuresPayload} MeasuresPayload
 * @typedef {import("../shared/secondary_charts.js").SharedFrame} SharedFrame
 */

class MeasuresTable {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send; // as `mount` gives it to every view; here nothing is sent
    /** @type {MeasuresPayload | null} */
    this.payload = null;
    /** @type {HTMLTableCellElement[][]} */
    this.cells = []; // per measure, per set of points
    this.leaveBoard = () => {};
  }

  close() {
    this.leaveBoard();
  }

  /** @param {MeasuresPayload} data */
  receive(data) {
    if (JSON.stringify(data) === JSON.stringify(this.payload)) return;
    this.payload = data;
    const { names, meaning, sets } = data;
    this.cells = names.map(() => sets.map(() => create("td", "–")));
    fillTable(find(this.element, "table"), "", sets, names, this.cells);
    setText(find(this.element, "p"), meaning);
    this.leaveBoard();
    this.leaveBoard = joinBoard({ run_id: data.run_id, intervalMs: INTERVAL_MS, drawnAt: 0, update: this.update });
  }

  update = (/** @type {SharedFrame} */ { measures }) => {
    const { payload, cells } = this;
    if (!payload || !measures || measures.length !== payload.names.length * payload.sets.length) return;
    for (const [i, row] of cells.entries()) {
      for (const [set, cell] of row.entries()) {
        const value = measures[set * cells.length + i];
        setText(cell, inWords(value, payload.shares[i], payload.undefined[i]));
        cell.dataset.value = String(value);
      }
    }
  };
}

/** A value of a measure. @param {number} value @param {boolean} isShare @param {string} undefinedAs */
export function inWords(value, isShare, undefinedAs) {
  if (Number.isNaN(value)) return undefinedAs;
  if (!Number.isFinite(value)) return "not finite";
  return isShare ? `${(100 * value).toFixed(1)} %` : rounded(value, 4);
}

export default mount(".measures", MeasuresTable);
