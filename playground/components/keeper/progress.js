// The visitor's progress, in the storage of the browser, which all tabs share and which outlives them.

const PROGRESS = "playground.progress";
export const FORGOTTEN = "playground.forgotten"; // which forgetting was the last, so that every open tab notices it
const MAX_PROGRESS = 20_000;

export class Progress {
  /** @param {() => Storage} storage  which throws where the browser allows none */
  constructor(storage) {
    this.storage = storage;
    this.visit = 0; // that gave the last
    this.forgets = 0; // how often it had all forgotten
    this.lastForgetting = this.mark(); // that this tab knows of
    this.waits = false; // whether the server still has what another tab had forgotten
  }

  /** The entries as JSON; null where there are none. @returns {string | null} */
  read() {
    try {
      const text = this.storage().getItem(PROGRESS);
      return text && text.length <= MAX_PROGRESS ? text : null;
    } catch {
      return null;
    }
  }

  /** Adds what the server gives, to what other tabs have added; forgets all first where it says so anew.
   *
   * Where another tab had all forgotten, what the server gave before it knew that is not added.
   *
   * @param {number} visit
   * @param {Uint8Array} bytes  JSON of {forgets, entries: {name: number}}
   */
  take(visit, bytes) {
    const { forgets, entries } = JSON.parse(new TextDecoder().decode(bytes));
    const isForgotten = forgets > (visit === this.visit ? this.forgets : 0);
    if (this.visit && visit !== this.visit) this.waits = false; // a new session has begun with what is in the storage
    if (this.waits && !isForgotten) return;
    const isForgottenHere = isForgotten && !this.waits;
    Object.assign(this, { visit, forgets, waits: false });
    const all = Object.entries({ ...(isForgottenHere ? {} : this.entries()), ...entries });
    while (JSON.stringify(Object.fromEntries(all)).length > MAX_PROGRESS) all.shift();
    try {
      if (all.length) this.storage().setItem(PROGRESS, JSON.stringify(Object.fromEntries(all)));
      else this.storage().removeItem(PROGRESS);
      if (isForgottenHere) this.setMark();
    } catch {
      // there is no storage, or no room: this visit has it all the same
    }
  }

  /** Whether another tab has had all forgotten since this one was asked last; the server is then to forget it, too. */
  noticeForgetting() {
    const mark = this.mark();
    if (mark === this.lastForgetting) return false;
    this.lastForgetting = mark;
    this.waits = true;
    return true;
  }

  /** @returns {string | null} */
  mark() {
    try {
      return this.storage().getItem(FORGOTTEN);
    } catch {
      return null;
    }
  }

  setMark() {
    this.lastForgetting = `${Date.now()} ${Math.random()}`;
    this.storage().setItem(FORGOTTEN, this.lastForgetting);
  }

  /** @returns {{[name: string]: number}} */
  entries() {
    try {
      return { ...JSON.parse(this.read() ?? "{}") };
    } catch {
      return {};
    }
  }
}
