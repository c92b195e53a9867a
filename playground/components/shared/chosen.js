// What is chosen on the charts themselves stays when its panel is closed, and when the page is loaded again.

const CHOSEN = "playground.kept.chosen."; // the keeper empties it where the tab is not to go on, with all that it keeps
const MAX_CHOSEN = 100; // characters

const HERE = Symbol.for("playground.chosen");
const pageOfAll = /** @type {{[HERE]?: Map<string, string>}} */ (globalThis); // of every version of this script
pageOfAll[HERE] ??= new Map();
const chosenHere = pageOfAll[HERE];

/** Whether this page is loaded again; one that a link or the address bar opened begins anew. */
export function isLoadedAgain() {
  const [entry] = performance.getEntriesByType("navigation");
  return ["reload", "back_forward"].includes(
    /** @type {PerformanceNavigationTiming | undefined} */ (entry)?.type ?? "",
  );
}

/** What was chosen by a name; null before. @param {string} name @returns {string | null} */
export function chosenBefore(name) {
  const here = chosenHere.get(name);
  if (here !== undefined || !isLoadedAgain()) return here ?? null;
  try {
    const choice = sessionStorage.getItem(CHOSEN + name);
    return choice !== null && choice.length <= MAX_CHOSEN ? choice : null;
  } catch {
    return null; // there is no storage
  }
}

/** @param {string} name @param {string} choice */
export function keepChoice(name, choice) {
  chosenHere.set(name, choice);
  try {
    if (choice.length <= MAX_CHOSEN) sessionStorage.setItem(CHOSEN + name, choice);
    else sessionStorage.removeItem(CHOSEN + name); // not to fill the storage, which keeps the run
  } catch {
    // there is no storage, or no room: it lasts as long as this page
  }
}
