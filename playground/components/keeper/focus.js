// The keyboard's focus stays with the table of points when a pasted block makes it another table.

const TABLE = "[data-testid=stDataFrame]";
const MAX_WAIT_MS = 5000; // for the server's answer

/**
 * Has the table that takes the place of one that was pasted into have its focus, until the signal.
 *
 * @param {AbortSignal} signal
 */
export function keepTableFocus(signal) {
  document.addEventListener("paste", () => watchTable(document.activeElement?.closest(TABLE) ?? null), {
    capture: true,
    signal,
  });
}

/** @param {Element | null} table */
function watchTable(table) {
  const place = table?.closest("[data-testid=stSidebar]");
  if (!table || !place) return;
  const watching = new MutationObserver(() => {
    if (table.isConnected) return;
    /** @type {HTMLElement | null} */
    const next = place.querySelector(`${TABLE} canvas`);
    if (!next) return;
    watching.disconnect();
    if (document.activeElement === document.body) next.focus({ preventScroll: true }); // else the visitor is elsewhere
  });
  watching.observe(place, { childList: true, subtree: true });
  setTimeout(() => watching.disconnect(), MAX_WAIT_MS);
}
