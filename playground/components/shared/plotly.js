// Plotly: loaded once per page, and what the charts of all components do with it.

/**
 * @typedef {{[name: string]: any}} Trace
 * @typedef {{[name: string]: any}} Layout
 * @typedef {import("../contract.js").Figure} Figure
 * @typedef {{points: {pointIndex: [number, number], pointNumber: number, curveNumber: number, customdata: any}[]}} ClickEvent
 *
 * @typedef {HTMLElement & {
 *   data: Trace[],
 *   layout: Layout,
 *   on: (name: "plotly_click", listener: (event: ClickEvent) => void) => void,
 *   removeAllListeners: (name: string) => void,
 * }} Plot  an element in which Plotly draws; `data` and `layout` are missing until it has drawn
 *
 * @typedef {object} PlotlyLibrary
 * @property {(plot: Plot, data: Trace[], layout: Layout, config: object) => Promise<void>} react
 * @property {(plot: Plot, change: object, traces: number[]) => Promise<void>} restyle
 * @property {(plot: Plot, change: object) => Promise<void>} relayout
 * @property {(plot: Plot, frame: object, options: object) => Promise<void>} animate
 * @property {(figure: Figure, options: object) => Promise<string>} toImage
 */

const UNLOADED = "Plotly's script did not come; something between this browser and the server may block it";
const CONFIG = { displayModeBar: false, responsive: false, doubleClick: false };
/** @type {WeakMap<Plot, string>} */
const drawnAxes = new WeakMap();
const AT_ONCE = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };

/**
 * Plotly from this page's own server. The components are separate modules, so the script element is where they meet: the
 * page itself or the first component loads it, the others wait for it. A script that fails goes, so that the next one tries.
 * Its promise is rejected, with the reason in words, when the script does not come or does not run.
 *
 * @param {string} address  of the script, or of a file that holds it compressed
 * @returns {Promise<PlotlyLibrary>}
 */
export function loadPlotly(address) {
  // While the load event is under way, what waited for it may already draw, and a listener that is added then never hears it.
  if (window.Plotly) return Promise.resolve(window.Plotly);
  const known = document.querySelector("script[data-plotly]");
  const script = /** @type {HTMLScriptElement} */ (known ?? document.createElement("script"));
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener("load", () => {
      if (window.Plotly) return resolve(window.Plotly);
      script.remove();
      reject(new Error("Plotly's script stopped with an error of its own"));
    });
    script.addEventListener("error", () => reject(new Error(script.title || UNLOADED)));
  });
  if (!known) start(script, address);
  return loaded;
}

/** @param {HTMLScriptElement} script @param {string} address */
function start(script, address) {
  script.dataset.plotly = "";
  script.addEventListener("error", () => script.remove());
  document.head.append(script);
  if (address.endsWith(".js")) script.src = address;
  else decompress(script, address);
}

/** @param {HTMLScriptElement} script @param {string} address */
async function decompress(script, address) {
  script.title = "Plotly's script does not run here";
  script.addEventListener("load", () => URL.revokeObjectURL(script.src));
  try {
    const answer = await fetch(new URL(address, document.baseURI));
    if (!answer.ok || !answer.body) throw new Error(`the server answers ${answer.status} for Plotly's script`);
    const text = new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
    script.src = URL.createObjectURL(new Blob([await text.arrayBuffer()], { type: "text/javascript" }));
  } catch (error) {
    script.title = /** @type {Error} */ (error).message;
    script.dispatchEvent(new Event("error"));
  }
}

/** @param {Event} event */
function stop(event) {
  event.stopPropagation();
}

/** Draws a figure anew; the figure itself stays as it is. @param {Plot} plot @param {Figure} figure */
export function draw(plot, figure) {
  const { data, layout } = structuredClone(figure);
  drawnAxes.delete(plot);
  // A finger scrolls the page; what it taps, Plotly hears as the mouse's events that the browser makes of it.
  plot.addEventListener("touchstart", stop, { capture: true, passive: true });
  return window.Plotly.react(plot, data, { ...layout, ...sizeOf(plot) }, CONFIG);
}

/**
 * Moves traces of a chart without laying out the chart again, which takes a third of the time of Plotly.restyle.
 *
 * @param {Plot} plot
 * @param {Trace[]} data
 * @param {number[]} traces
 */
export function animate(plot, data, traces) {
  if (!plot.data) return;
  // Plotly rejects the promise of a drawing that the next one overtook.
  window.Plotly.animate(plot, { data, traces }, AT_ONCE).catch(() => {});
}

/** @param {Plot} plot @param {object} change @param {number[]} traces */
export function restyle(plot, change, traces) {
  return plot.data && window.Plotly.restyle(plot, change, traces);
}

/** @param {Plot} plot @param {object} change */
export function relayout(plot, change) {
  return plot.data && window.Plotly.relayout(plot, change);
}

/**
 * Changes axes. They change in round steps and seldom; what has not changed since is not drawn again.
 *
 * @param {Plot} plot
 * @param {{[attribute: string]: unknown}} axes
 */
export function setAxes(plot, axes) {
  const text = JSON.stringify(axes);
  if (text === drawnAxes.get(plot)) return;
  drawnAxes.set(plot, text);
  relayout(plot, axes);
}

/** Changes the range of the y axis, if it is another one. @param {Plot} plot @param {[number, number]} range */
export function setRange(plot, range) {
  if (plot.data && String(plot.layout.yaxis.range) !== String(range)) relayout(plot, { "yaxis.range": range });
}

/** @param {Plot} plot @param {(event: ClickEvent) => void} listener */
export function onClick(plot, listener) {
  plot.removeAllListeners("plotly_click");
  plot.on("plotly_click", listener);
}

/** Gives every chart that is drawn the size of its element. @param {Iterable<Plot>} plots */
export function fitSizes(plots) {
  for (const plot of plots) {
    const size = sizeOf(plot);
    const { width, height } = plot.layout ?? size; // without a layout it is not drawn yet
    if (size.width && (size.width !== width || size.height !== height)) relayout(plot, size);
  }
}

/** @param {Element} element */
function sizeOf({ clientWidth: width, clientHeight: height }) {
  return { width, height, autosize: false };
}
