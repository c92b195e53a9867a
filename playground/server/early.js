// The charts before Streamlit: as soon as it has started and waits for its connection, Plotly runs, and the board is drawn in
// the outline with what it will show. When Streamlit has come so far, it takes that board over (components/shared/parts.js).

(() => {
  const root = document.getElementById("root");
  const board = document.getElementById("first-board");
  const place = document.querySelector("[data-early]");
  if (!root) return;

  /** @param {string} script @param {string} payload  in base64 @param {Element} parentElement */
  async function drawBoard(script, payload, parentElement) {
    const { default: component } = await import(new URL(script, document.baseURI).href);
    if (!parentElement.isConnected) return; // Streamlit was quicker
    const data = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    component({ data, parentElement }); // what is done there is sent when there is a server
  }

  /** Whether the page goes on with a run that the tab has kept (components/keeper/): its start would be seen for a moment. */
  function goesOn() {
    const [entry] = performance.getEntriesByType("navigation");
    if (!["reload", "back_forward"].includes(/** @type {PerformanceNavigationTiming} */ (entry)?.type)) return false;
    try {
      return JSON.parse(sessionStorage.getItem("playground.kept.history") ?? "{}").shown > 0;
    } catch {
      return false; // the browser allows no storage
    }
  }

  function runPlotly() {
    const fetched = document.querySelector("link[rel=preload][href*='assets/plotly-']");
    if (!fetched || window.Plotly || document.querySelector("script[data-plotly]")) return; // a component was quicker
    const script = document.createElement("script");
    script.dataset.plotly = "";
    script.onload = script.onerror = () => {
      if (!window.Plotly) script.remove(); // so that a component tries again
    };
    script.src = fetched.getAttribute("href") ?? "";
    document.head.append(script);
  }

  const watching = new MutationObserver(() => {
    watching.disconnect();
    runPlotly();
    if (board?.dataset.script && place && !goesOn()) drawBoard(board.dataset.script, board.textContent, place);
  });
  watching.observe(root, { childList: true });
})();
