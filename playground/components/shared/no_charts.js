// Where charts cannot come, the page says so, and why, instead of showing their empty frames.

import { create, findAll } from "./dom.js";
import { loadPlotly } from "./plotly.js";

const TELLS = "no-charts"; // the class of the sentence

/**
 * Loads Plotly and has a component draw with it; says why there are no charts if either fails.
 *
 * @param {HTMLElement} element  of the component: it has the address of Plotly's script, or why the server has none
 * @param {() => Promise<void>} draw
 * @returns {Promise<boolean>} whether the charts are drawn
 */
export async function drawOrTell(element, draw) {
  const { plotly = "", noPlotly } = element.dataset;
  let reason = "";
  try {
    if (noPlotly) throw new Error(noPlotly);
    await loadPlotly(plotly);
    await draw();
  } catch (error) {
    console.warn(error);
    reason = error instanceof Error ? error.message : String(error);
  }
  tell(element, reason);
  return !reason;
}

/** @param {HTMLElement} element @param {string} reason  "" where there is nothing to tell */
function tell(element, reason) {
  const notices = findAll(element, `.${TELLS}`);
  if (!reason && !notices.length) return;
  for (const chart of findAll(element, ".chart")) (chart.closest("figure") ?? chart).hidden = Boolean(reason);
  for (const sentence of notices) sentence.remove();
  if (!reason) return;
  const text = `The charts cannot be drawn: ${reason}. Everything else works; reload the page to try again.`;
  element.prepend(Object.assign(create("p", text, TELLS), { role: "alert" }));
}
