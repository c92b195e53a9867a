// The line of a chart as it passes, sixty times a second: its path alone changes. Plotly takes 4 ms for each change, since it
// goes through all that a chart may have.

/**
 * Draws a chart's only line where Plotly would. Its axes are linear. What Plotly knows of it stays as it was.
 *
 * @param {import("../shared/plotly.js").Plot} plot
 * @param {import("../shared/rows.js").Numbers} y
 * @returns {boolean}  false where that is Plotly's to do: there is no line yet, or it has gaps
 */
export function drawPassingLine(plot, y) {
  const path = plot.querySelector(".js-line");
  if (!path || !y.every(Number.isFinite)) return false;
  const { width, height, margin, xaxis, yaxis } = plot.layout;
  const across = scaleOf(xaxis.range, width - margin.l - margin.r);
  const down = scaleOf([yaxis.range[1], yaxis.range[0]], height - margin.t - margin.b);
  const points = Array.from(y, (value, i) => `${across(plot.data[0].x[i]).toFixed(2)},${down(value).toFixed(2)}`);
  path.setAttribute("d", `M${points.join("L")}`);
  return true;
}

const FAR_PX = 1e5; // beyond that it is as well there

/** @param {[number, number]} range @param {number} px @returns {(value: number) => number} */
function scaleOf([from, to], px) {
  return (value) => Math.min(Math.max(((value - from) / (to - from)) * px, -FAR_PX), FAR_PX);
}
