// Notices that the connection is back. Streamlit asks for nothing then, if it stood still: a session that is gone on the
// server would never draw the page again, and what the visitor presses would belong to fragments that it does not have.

const APP = "[data-testid=stApp]";
const STATE = "data-test-connection-state";
const CUT = "data-cut"; // of the whole document, for page.css: Streamlit's message stands outside of the app

/** Whether the page has its connection. */
export function isConnected() {
  return document.querySelector(APP)?.getAttribute(STATE) === "CONNECTED";
}

/**
 * Calls back whenever the page has its connection again.
 *
 * @param {() => void} isBack
 * @param {AbortSignal} signal
 */
export function watchConnection(isBack, signal) {
  const app = document.querySelector(APP);
  if (!app) return;
  const state = () => app.getAttribute(STATE);
  let before = state();
  const watching = new MutationObserver(() => {
    const now = state();
    if (now === "CONNECTED" && before !== "CONNECTED") isBack();
    before = now;
    document.documentElement.toggleAttribute(CUT, now !== "CONNECTED");
  });
  watching.observe(app, { attributes: true, attributeFilter: [STATE] });
  signal.addEventListener("abort", () => watching.disconnect());
}
