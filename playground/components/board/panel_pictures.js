// Picture menus on the charts of the panels. Those have no caption of ours: they get a menu over them when the pointer
// first comes there, or when the keyboard first goes from place to place.

import { find, findAll } from "../shared/dom.js";
import { atEpoch } from "../shared/format.js";
import { addPictureMenu } from "./pictures.js";

const CHARTS = ":is(.units, .maps, .race, .still) .chart";

/** @param {HTMLElement} board  whose epoch the pictures name @returns {() => void} stops it */
export function watchPanels(board) {
  const watching = new AbortController();
  const { signal } = watching;
  const findTarget = (/** @type {Event} */ { target }) => (target instanceof Element ? target.closest(CHARTS) : null);
  document.addEventListener("pointerover", (event) => addPanelMenu(findTarget(event), board), { signal });
  document.addEventListener(
    "keydown",
    ({ key }) => {
      if (key === "Tab") for (const chart of findAll(document, CHARTS)) addPanelMenu(chart, board);
    },
    { signal },
  );
  return () => watching.abort();
}

/** @param {Element | null} chart @param {HTMLElement} board */
function addPanelMenu(chart, board) {
  if (!(chart instanceof HTMLElement)) return;
  if (!chart.querySelector(".js-plotly-plot") || chart.querySelector(".picture")) return;
  addPictureMenu(chart, () => ({ plots: findAll(chart, ".js-plotly-plot"), title: titleOf(chart, board) }));
  find(chart, ".picture").classList.add("over");
}

/** @param {Element} chart @param {HTMLElement} board */
function titleOf(chart, board) {
  const panel = chart.closest("[class*=st-key-panel_]")?.className.match(/st-key-panel_(\w+)/)?.[1] ?? "chart";
  const epoch = Number(find(board, "[data-testid=epoch]").dataset.value ?? 0);
  return `${panel[0].toUpperCase()}${panel.slice(1)} ${atEpoch(epoch)}`;
}
