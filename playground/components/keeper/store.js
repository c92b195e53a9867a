// What the tab keeps of a visit in its own storage, which outlives a reload: one text per part, each written as it changes.

const PREFIX = "playground.kept.";
const MAX_CHARACTERS = 2_000_000; // of all together
const LEFT_OUT = ["own", "sweep", "pins", "unfinished", "given", "race", "lesson"]; // in this order, where there is no room; without the rest there is no run
const CHUNK = 8192; // bytes that become text at once

/**
 * @typedef {import("../shared/keeping.js").Kept} Kept
 *
 * @typedef {object} Sent  what is kept, as the server is sent it
 * @property {number} visit
 * @property {{[name: string]: string}} parts
 * @property {{[name: string]: string | null}} history
 * @property {number} [shown]  the epoch on screen
 * @property {number} [raced]  that of the race
 */

/** @type {WeakMap<Uint8Array, string>} */
const texts = new WeakMap();

/** @param {Uint8Array} bytes */
function textOf(bytes) {
  const text = texts.get(bytes) ?? base64(bytes);
  texts.set(bytes, text);
  return text;
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += CHUNK) text += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(text);
}

/** Puts what came with an answer to what is kept. @param {Kept | null} before @param {Kept} kept @returns {Kept} */
export function added(before, { visit, parts, losses }) {
  const known = before?.visit === visit ? before : null;
  return { visit, parts: { ...known?.parts, ...parts }, losses: parts.run || !known ? losses : known.losses };
}

/** @param {Kept} kept @returns {Sent} */
export function asSent({ visit, parts, losses }) {
  return {
    visit,
    parts: Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, textOf(bytes)])),
    history: Object.fromEntries(
      Object.entries(losses).map(([name, numbers]) => [
        name,
        numbers ? base64(new Uint8Array(Float64Array.from(numbers).buffer)) : null,
      ]),
    ),
  };
}

/** The tab's storage of what is kept. A browser may have none, or no room: then less is kept, or nothing. */
export class Store {
  /** @param {() => Storage} storage  which throws where the browser allows none */
  constructor(storage) {
    this.storage = storage;
    /** @type {Map<string, string>} */
    this.written = new Map();
  }

  /** @returns {Sent | null} */
  read() {
    try {
      const storage = this.storage();
      const names = JSON.parse(storage.getItem(`${PREFIX}names`) ?? "[]");
      const parts = names.map((/** @type {string} */ name) => [name, storage.getItem(PREFIX + name)]);
      const rest = storage.getItem(`${PREFIX}history`);
      return rest && { ...JSON.parse(rest), parts: Object.fromEntries(parts) };
    } catch {
      return null;
    }
  }

  /**
   * Writes what there is room for.
   *
   * @param {Sent} sent
   * @returns {boolean} whether the run and its data are among it
   */
  write({ visit, parts, history, shown, raced }) {
    const all = new Map([...Object.entries(parts), ["history", JSON.stringify({ visit, history, shown, raced })]]);
    for (const left of ["", ...LEFT_OUT]) {
      all.delete(left);
      all.set("names", JSON.stringify([...all.keys()].filter((name) => name in parts)));
      const size = [...all.values()].reduce((sum, text) => sum + text.length, 0);
      if (size <= MAX_CHARACTERS && this.put(all)) return true;
    }
    this.clear();
    return false;
  }

  /** Whether the browser allows a storage, with room for a word at least. */
  isAllowed() {
    try {
      this.storage().setItem(`${PREFIX}trial`, "");
      this.storage().removeItem(`${PREFIX}trial`);
      return true;
    } catch {
      return false;
    }
  }

  /** Writes what is not there yet; false where there is no room. @param {Map<string, string>} all */
  put(all) {
    try {
      const storage = this.storage();
      for (const name of [...this.written.keys()].filter((each) => !all.has(each))) {
        storage.removeItem(PREFIX + name);
        this.written.delete(name);
      }
      for (const [name, text] of [...all].filter(([each, its]) => this.written.get(each) !== its)) {
        storage.setItem(PREFIX + name, text);
        this.written.set(name, text);
      }
      return true;
    } catch {
      return false;
    }
  }

  clear() {
    this.written.clear();
    try {
      const storage = this.storage();
      for (const name of Object.keys(storage)) if (name.startsWith(PREFIX)) storage.removeItem(name);
    } catch {
      // there is no storage
    }
  }
}
