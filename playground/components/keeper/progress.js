// The visitor's progress, in the storage of the browser, which all tabs share and which outlives them.

const PROGRESS = "playground.progress";
const MAX_PROGRESS = 20_000;

export class Progress {
  /** @param {() => Storage} storage  which throws where the browser allows none */
  constructor(storage) {
    this.storage = storage;
    this.visit = 0; // that gave the last
    this.forgets = 0; // how often it had all forgotten
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
   * @param {number} visit
   * @param {Uint8Array} bytes  JSON of {forgets, entries: {name: number}}
   */
  take(visit, bytes) {
    const { forgets, entries } = JSON.parse(new TextDecoder().decode(bytes));
    const isForgotten = forgets > (visit === this.visit ? this.forgets : 0);
    Object.assign(this, { visit, forgets });
    const all = Object.entries({ ...(isForgotten ? {} : this.entries()), ...entries });
    while (JSON.stringify(Object.fromEntries(all)).length > MAX_PROGRESS) all.shift();
    try {
      if (all.length) this.storage().setItem(PROGRESS, JSON.stringify(Object.fromEntries(all)));
      else this.storage().removeItem(PROGRESS);
    } catch {
      // there is no storage, or no room: this visit has it all the same
    }
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
