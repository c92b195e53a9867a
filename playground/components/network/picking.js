// Picks an input by a click on the fit or the plane, where a click does nothing else, and marks it there.

const CHART = "[data-testid=fit-chart]";
const PLACES = 4;

/**
 * @param {(x: number[]) => void} pick  called with the inputs where the visitor clicked
 * @returns {() => void} stops it
 */
export function watchFit(pick) {
  const watching = new AbortController();
  /** @type {[number, number] | null} */
  let down = null; // where the press began: a drag is no click
  const begin = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    down = [clientX, clientY];
  };
  const end = (/** @type {MouseEvent} */ event) => {
    const chart = event.target instanceof Element ? event.target.closest(CHART) : null;
    if (!chart || chart.classList.contains("editable") || !down) return;
    if (Math.hypot(event.clientX - down[0], event.clientY - down[1]) > 3) return;
    const plot = /** @type {import("../shared/plotly.js").Plot | null} */ (chart.querySelector(".still"));
    const isPlane = chart.closest(".board.plane") !== null;
    const { left, top } = chart.getBoundingClientRect();
    const x = plot?.layout && inputAt(plot.layout, [event.clientX - left, event.clientY - top], isPlane);
    if (x) pick(x);
  };
  const { signal } = watching;
  document.addEventListener("pointerdown", begin, { signal, capture: true });
  document.addEventListener("click", end, { signal, capture: true });
  return () => watching.abort();
}

/**
 * The inputs at a place of a chart, to a few digits of its range; null outside of its axes.
 *
 * @param {import("../shared/plotly.js").Layout} layout
 * @param {[number, number]} place  in pixels of the chart
 * @param {boolean} isPlane  whether its y is an input as well
 */
export function inputAt({ width, height, margin, xaxis, yaxis }, [px, py], isPlane) {
  const across = (px - margin.l) / (width - margin.l - margin.r);
  const up = (height - margin.b - py) / (height - margin.t - margin.b);
  if (Math.min(across, up) < 0 || Math.max(across, up) > 1) return null;
  const x = along(xaxis.range, across);
  return isPlane ? [x, along(yaxis.range, up)] : [x];
}

/**
 * Where inputs are in a chart, in pixels; null outside of its axes. Of one input the height is that of the middle.
 *
 * @param {import("../shared/plotly.js").Layout} layout
 * @param {number[]} x
 * @returns {[number, number] | null}
 */
export function placeOf({ width, height, margin, xaxis, yaxis }, [x1, x2]) {
  const across = shareAt(xaxis.range, x1);
  const up = x2 === undefined ? 0.5 : shareAt(yaxis.range, x2);
  if (!(Math.min(across, up) >= 0 && Math.max(across, up) <= 1)) return null;
  return [margin.l + across * (width - margin.l - margin.r), height - margin.b - up * (height - margin.t - margin.b)];
}

/** Marks the input on the fit or the plane. @param {HTMLElement} mark @param {number[] | null} x  null for none */
export function markInput(mark, x) {
  const chart = document.querySelector(CHART);
  const plot = /** @type {import("../shared/plotly.js").Plot | null | undefined} */ (chart?.querySelector(".still"));
  const place = x && plot?.layout?.xaxis?.range ? placeOf(plot.layout, x) : null;
  mark.hidden = !place;
  if (!chart || !place || !plot) return;
  const { height, margin } = plot.layout;
  const isPlane = x?.length === 2;
  mark.className = isPlane ? "input-mark ring" : "input-mark";
  mark.style.left = `${place[0]}px`;
  mark.style.top = `${isPlane ? place[1] : margin.t}px`;
  mark.style.height = isPlane ? "" : `${height - margin.t - margin.b}px`;
  if (mark.parentElement !== chart) chart.append(mark);
}

/** @param {[number, number]} range @param {number} x */
function shareAt([from, to], x) {
  return (x - from) / (to - from);
}

/** @param {[number, number]} range @param {number} share */
function along([from, to], share) {
  const unit = 10 ** (Math.ceil(Math.log10(Math.abs(to - from))) - PLACES);
  return Number((Math.round((from + share * (to - from)) / unit) * unit).toPrecision(12));
}
