// Keeps in the tab what another session needs to go on with the visit, and gives it to the server when there is one.

import { isLoadedAgain } from "../shared/chosen.js";
import { onKept } from "../shared/keeping.js";
import { mount } from "../shared/mount.js";
import { claimTab } from "./claim.js";
import { isConnected, watchConnection } from "./connection.js";
import { keepTableFocus } from "./focus.js";
import { leaveToNext, takeLeft } from "./left.js";
import { FORGOTTEN, Progress } from "./progress.js";
import { countSteps } from "./steps.js";
import { added, asSent, Store } from "./store.js";
import { takeTyped } from "./typed.js";

/**
 * @typedef {import("../shared/keeping.js").Kept} Kept
 * @typedef {import("./store.js").Sent} Sent
 */

const storage = () => window.sessionStorage;
const MAX_IDLE_WAIT_MS = 1000;

class Keeper {
  /** @param {HTMLElement} _element @param {import("../shared/mount.js").Send} send */
  constructor(_element, send) {
    this.send = send;
    this.store = new Store(storage);
    this.progress = new Progress(() => window.localStorage);
    const left = takeLeft();
    /** @type {Kept | null} */
    this.kept = left?.kept ?? null;
    /** @type {Sent | null} */
    this.before = left?.before ?? null; // of the visit before this one
    this.visit = left?.visit ?? 0; // the number of the session's visit
    this.shown = left?.shown ?? 0; // the epoch that was on screen when the connection was back
    this.raced = left?.raced ?? 0; // and that of the race
    this.isMoved = left?.isMoved ?? false; // whether the visitor went back or forward while there was no connection
    this.isWriting = false;
    /** @type {"" | "blocked" | "full"} */
    this.fault = ""; // of the storage, when the tab was to keep the run last
    this.known = ""; // the fault that the server knows
    this.closing = new AbortController();
    const { signal } = this.closing;
    this.ready = left ? Promise.resolve(null) : this.readStorage();
    onKept((kept) => this.keep(kept), signal);
    watchConnection(() => this.askAgain(), signal);
    countSteps(signal, !left);
    keepTableFocus(signal);
    takeTyped(signal);
    const noticed = (/** @type {StorageEvent} */ { key }) => {
      if (key === FORGOTTEN || key === null) this.noticeForgetting();
    };
    window.addEventListener("storage", noticed, { signal }); // of other tabs
    window.addEventListener("popstate", () => this.noteMove(), { signal });
    window.addEventListener("pagehide", () => this.write(), { signal });
  }

  close() {
    this.closing.abort();
    const { visit, kept, before, shown, raced, isMoved } = this;
    leaveToNext({ visit, kept, before, shown, raced, isMoved });
  }

  /** A page that was opened by a link inherits nothing, and neither does a copy of a tab. */
  async readStorage() {
    const isSamePage = isLoadedAgain();
    const before = isSamePage ? this.store.read() : null;
    if (!isSamePage) this.store.clear();
    if ((await claimTab(storage, isSamePage)) || !before) return before;
    this.store.clear();
    return null;
  }

  /** Has the page drawn anew: if the session is gone, a new one then says which visit it is. */
  askAgain() {
    this.shown = shownEpoch();
    this.raced = racedEpoch();
    this.send("hello", { at: Date.now(), moved: this.isMoved });
  }

  /** Streamlit tells nobody of a step in the history that is made without a connection. */
  noteMove() {
    this.isMoved ||= !isConnected();
  }

  /** What the server says: which visit it is. @param {{visit: number}} data */
  async receive({ visit }) {
    if (visit !== this.visit) this.known = "";
    this.tellFault();
    const moved = this.isMoved;
    this.isMoved = false;
    if (visit === this.visit) return;
    const isFirst = this.visit === 0;
    this.visit = visit;
    if (!isFirst && this.kept && this.kept.visit !== visit) this.before = asSent(this.kept);
    const last = isFirst ? await this.ready : this.before;
    const before = last?.visit === visit ? null : last;
    this.before = null;
    const progress = this.progress.read();
    if (!before && !progress) return;
    const after = isFirst ? { after: "load" } : { after: "line", shown: this.shown, raced: this.raced, moved };
    this.send("kept", { ...before, ...(before ? after : {}), progress });
  }

  /** @param {Kept} given */
  keep(given) {
    const { progress, ...parts } = given.parts;
    if (progress) {
      this.noticeForgetting();
      this.progress.take(given.visit, progress);
    }
    if (!Object.keys(parts).length) return;
    const kept = { ...given, parts };
    if (this.kept && this.kept.visit !== kept.visit && this.visit !== kept.visit) this.before = asSent(this.kept);
    this.kept = added(this.kept, kept);
    if (this.isWriting) return;
    this.isWriting = true;
    whenIdle(() => this.write());
  }

  /** Has the server forget the progress that another tab had forgotten. */
  noticeForgetting() {
    if (this.progress.noticeForgetting()) this.send("forgotten", Date.now());
  }

  write() {
    this.isWriting = false;
    if (!this.kept) return;
    const isKept = this.store.write({ ...asSent(this.kept), shown: shownEpoch(), raced: racedEpoch() });
    this.fault = isKept ? "" : this.store.isAllowed() ? "full" : "blocked";
    this.tellFault();
  }

  /** Tells the server that the visit would not outlive a reload, or that it would by now. */
  tellFault() {
    if (this.fault === this.known) return;
    this.known = this.fault;
    this.send("unkept", this.fault);
  }
}

/** The epoch that the page shows. */
function shownEpoch() {
  /** @type {HTMLElement | null} */
  const tile = document.querySelector("[data-testid=epoch]");
  return Number(tile?.dataset.value ?? 0);
}

/** The epoch that the race shows. */
function racedEpoch() {
  /** @type {HTMLElement | null} */
  const race = document.querySelector(".race");
  return Number(race?.dataset.epoch ?? 0);
}

/** @param {() => void} act */
function whenIdle(act) {
  if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: MAX_IDLE_WAIT_MS });
  else setTimeout(act); // Safari has no idle callbacks
}

export default mount(".keeper", Keeper);
