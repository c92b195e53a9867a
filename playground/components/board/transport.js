// The page's own buttons and keys that stop the film, as the board hears them: before Streamlit does.
//
// The server is up to half a second ahead of what is on screen, and a line further away. So a visitor's Pause or Step is
// not sent as it is: the film stops at once, and the server is told where.

const PENDING = "data-pending"; // marks a button from the press to the answer
const KEYS = { " ": ["pause", "train"], s: ["step"], b: ["reset"], n: ["new_start"] }; // as in panels/transport.py
const NAMES = Object.values(KEYS).flat();
const STOPPING = ["pause", "step"];
export const DOWN = "down"; // the name of a stop while the button is down: it is sent by the click, if there is one
const MAX_PENDING_MS = 5000;

/** @typedef {import("../shared/film_player.js").FilmPlayer<any, any>} Film */

export class Transport {
  /** @param {Film} film */
  constructor(film) {
    this.film = film;
    this.closing = new AbortController();
    const options = { signal: this.closing.signal, capture: true };
    window.addEventListener("pointerdown", (event) => this.onDown(event), options);
    window.addEventListener("click", (event) => this.onClick(event), options);
    window.addEventListener("keydown", (event) => this.onKey(event), options);
    this.app = new MutationObserver(() => this.clear());
    this.isWatching = false;
  }

  /** Watches Streamlit's app, once it is there: the board may be drawn before. */
  watchApp() {
    const app = document.querySelector("[data-testid=stApp]");
    if (!app || this.isWatching) return;
    this.isWatching = true;
    this.app.observe(app, { attributeFilter: ["data-test-script-state"] });
  }

  close() {
    this.closing.abort();
    this.app.disconnect();
    this.answered();
  }

  /** The picture stops where the button goes down. @param {PointerEvent} event */
  onDown(event) {
    const name = nameOf(event);
    if (!name || !STOPPING.includes(name) || event.button !== 0 || !this.film.looping) return;
    this.film.freeze(DOWN);
    const signal = this.closing.signal;
    for (const end of ["pointerup", "pointercancel"]) {
      window.addEventListener(end, () => setTimeout(() => this.goOn()), { once: true, signal });
    }
  }

  /** No click came of the button that was down. */
  goOn() {
    if (this.film.hold?.name === DOWN) this.film.release();
  }

  /** @param {MouseEvent} event */
  onClick(event) {
    const name = nameOf(event);
    if (name) this.press(name, event);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    const { ctrlKey, metaKey, altKey, shiftKey } = event;
    if (ctrlKey || metaKey || altKey || shiftKey || isTyped(event)) return;
    const names = /** @type {{[key: string]: string[]}} */ (KEYS)[event.key.toLowerCase()] ?? [];
    const name = names.find(buttonOf);
    if (!name) return;
    if (event.repeat) swallow(event);
    else this.press(name, event);
  }

  /** @param {string} name @param {Event} event */
  press(name, event) {
    const button = buttonOf(name);
    if (!button || button.disabled) return;
    const { looping, hold, queue, state } = this.film;
    // A run that stands still is drawn by a loop of one turn, too, and can be trained meanwhile.
    const isUnseen = looping && !queue.isEmpty && state.continues_from !== null;
    if (isUnseen && name === "train") {
      swallow(event);
      this.film.stopAndSend("pause"); // of a run that ended by itself, before its end is on screen
    } else if ((looping || hold) && STOPPING.includes(name)) {
      swallow(event);
      const isTurned = name === "pause" && hold !== null && !["play", DOWN].includes(hold.name); // paused, and says Pause
      this.film.stopAndSend(isTurned ? "play" : name);
    } else if (name === "train" && button.hasAttribute(PENDING)) {
      swallow(event);
    } else if (looping && name !== "train") {
      this.film.freeze("");
    }
    button.setAttribute(PENDING, "");
    setTimeout(() => button.removeAttribute(PENDING), MAX_PENDING_MS);
  }

  /** Streamlit has run the page: what was pressed is done, unless the film waits for an answer of its own. */
  clear() {
    const app = document.querySelector("[data-testid=stApp]");
    if (app?.getAttribute("data-test-script-state") === "notRunning" && !this.film.hold) this.answered();
  }

  /** No button is pending any more. */
  answered() {
    for (const button of document.querySelectorAll(`[${PENDING}]`)) button.removeAttribute(PENDING);
  }
}

/** Which of the transport's buttons an event is on. @param {Event} event */
function nameOf(event) {
  const button = /** @type {Element} */ (event.target).closest?.("button");
  return button && NAMES.find((each) => button.closest(`.st-key-${each}`));
}

/** Nobody else hears of an event. @param {Event} event */
function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** @param {string} name @returns {HTMLButtonElement | null} */
function buttonOf(name) {
  return document.querySelector(`.st-key-${name} button`);
}

/** Whether a key goes into a field; Streamlit's own shortcuts ask the same. @param {KeyboardEvent} event */
function isTyped(event) {
  return event.composedPath().some((each) => {
    const element = /** @type {Partial<HTMLElement>} */ (each);
    return ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName ?? "") || element.isContentEditable === true;
  });
}
