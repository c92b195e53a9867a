// The figure of a chart that stands still, put together from what it has in common with those in other palettes.

/**
 * A figure that Plotly can draw: it reads packed arrays itself.
 *
 * @param {Pick<import("../view_contract.js").StillPayload, "arrays" | "figures">} payload
 * @param {string} theme
 * @returns {import("../contract.js").Figure}
 */
export function figureOf({ arrays, figures }, theme) {
  const { data, layout } = figures[theme];
  return { data: data.map((trace) => withArrays(trace, arrays)), layout };
}

/**
 * @param {import("../shared/plotly.js").Trace} trace
 * @param {import("../view_contract.js").StillPayload["arrays"]} arrays
 */
function withArrays({ arrays: places, ...trace }, arrays) {
  for (const [name, place] of Object.entries(places)) trace[name] = arrays[place];
  return trace;
}
