// What the components of the page share; component.py puts it before each of their scripts.
//
// The board plays the frames. A panel that shows them too is a view, {run, every, drawn, update(frame)}: the board draws
// it among its other charts, so that never more than one of them is drawn in a picture.

const playground = (window.playground ??= { views: new Set(), frame: null });
const PLOT = { displayModeBar: false, responsive: false, doubleClick: false };

const FRAME_MS = 1000 / 60;
const RESERVE_MS = 220; // ask for more when less film than this is left
const PATIENCE_MS = 5000; // ask again when an answer has not come in this time

// The film: frames that come in by the dozen and go out one a picture, at the pace at which the server makes them.
class Reel {
  constructor() {
    this.queue = [];
    this.pace = FRAME_MS;
    this.clock = 0; // when the frame on screen was due
    this.asked = 0; // when more was asked for; 0 when nothing is awaited
  }

  // A single frame of what stands still is shown at once, and what was queued before it never.
  take(frames, still) {
    const now = performance.now();
    const alone = still && frames.length === 1;
    if (alone) this.queue = [];
    this.queue.push(...frames);
    this.pace = alone ? 0 : Math.max(FRAME_MS, this.asked ? (now - this.asked) / frames.length : 0);
    this.asked = 0;
  }

  // The frame that is due, of several the last, or null; `pass` is called with each of them.
  due(now, pass) {
    if (now - this.clock > 10 * FRAME_MS) this.clock = now - this.pace; // the page was hidden, or starved
    let frame = null;
    while (this.queue.length && now - this.clock >= this.pace - 1) {
      frame = this.queue.shift();
      pass(frame);
      this.clock += this.pace;
      if (this.pace === 0) this.clock = now;
    }
    return frame;
  }

  // Whether more is to be asked for now.
  runsShort(now) {
    const waiting = this.asked && now - this.asked <= PATIENCE_MS;
    if (waiting || this.queue.length * this.pace >= RESERVE_MS) return false;
    this.asked = now;
    return true;
  }
}

// Reads what pack in payload.py writes: the header, and under `arrays` a Float64Array or Float32Array for each name.
function unpack(bytes) {
  const start = bytes.byteOffset + 4;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes.buffer, start, length)));
  const numbers = bytes.buffer.slice(start + length, bytes.byteOffset + bytes.byteLength);
  let offset = 0;
  for (const [name, shape] of Object.entries(header.arrays)) {
    const Kind = header.singles.includes(name) ? Float32Array : Float64Array;
    const size = shape.reduce((a, b) => a * b, 1);
    header.arrays[name] = new Kind(numbers, offset, size);
    offset += size * Kind.BYTES_PER_ELEMENT;
  }
  return header;
}

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
