// What the components of the page share; component.py puts it before each of their scripts.
//
// The board plays the frames. A panel that shows them too is a view, {run, every, drawn, update(frame)}: the board draws
// it among its other charts, so that never more than one of them is drawn in a picture.

const playground = (window.playground ??= { views: new Set(), frame: null });
const PLOT = { displayModeBar: false, responsive: false, doubleClick: false };

// Adds a view, in the place of the one it had before.
function addView(view, before) {
  playground.views.delete(before);
  playground.views.add(view);
  if (playground.frame?.run === view.run) view.update(playground.frame);
}

// Plotly, from this server's own static folder, once a page.
function loadPlotly(address) {
  playground.plotly ??= (async () => {
    const answer = await fetch(new URL(address, document.baseURI));
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    const script = document.createElement("script");
    const text = new Response(answer.body.pipeThrough(new DecompressionStream("gzip")));
    script.src = URL.createObjectURL(new Blob([await text.arrayBuffer()], { type: "text/javascript" }));
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${address} does not run`));
      document.head.append(script);
    });
    URL.revokeObjectURL(script.src);
    return window.Plotly;
  })();
  return playground.plotly;
}

// Moves traces of a chart without laying out the chart again, which takes a third of what Plotly.restyle does.
function animate(plot, data, traces) {
  const still = { mode: "immediate", frame: { duration: 0, redraw: false }, transition: { duration: 0 } };
  // Plotly rejects the promise of a picture that the next one overtook
  window.Plotly.animate(plot, { data, traces }, still).catch(() => {});
}

function short(number) {
  return String(number).replace("e-", "e−").replace("e+", "e");
}

// The next number of the series 1, 2, 5, 10, 20, ... from a positive value on; 0 of any other.
function roundUp(value) {
  if (!(value > 0)) return 0;
  const decade = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * decade).find((step) => step >= value * (1 - 1e-12));
}

function sizeOf({ clientWidth: width, clientHeight: height }) {
  return { width, height, autosize: false };
}

function themeOf(element) {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#fff";
  const [r, g, b] = canvas.fillStyle.match(/\w\w/g).map((hex) => parseInt(hex, 16));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128 ? "dark" : "light";
}
