// Lets the visitor put, move and remove points of their own on the fit chart.

const NEAR = 12; // pixels: how near to a point the pointer takes hold of it

class PointEditor {
  // `change(from, to)` is called with the point as it was, null for a new one, and as it is to be, null for none: [x, y],
  // or [x1, x2, y] on a plane.
  constructor(chart, value, change) {
    this.chart = chart;
    this.plot = chart.querySelector(".still");
    this.value = value; // the input in which y of a new point of a plane stands
    this.change = change;
    this.enabled = false;
    this.held = null; // {place, from, moved}
    this.last = null; // the place of the point that was touched last
    chart.addEventListener("pointerdown", (event) => this.take(event));
    chart.addEventListener("pointermove", (event) => this.move(event));
    chart.addEventListener("pointerup", (event) => this.drop(event));
    chart.addEventListener("keydown", (event) => this.press(event));
  }

  enable(enabled, plane) {
    this.enabled = enabled;
    this.plane = plane;
    this.chart.classList.toggle("editable", enabled);
    if (enabled) this.chart.tabIndex = 0;
    else this.chart.removeAttribute("tabindex");
    if (!enabled) this.held = null;
  }

  // The scales of the chart, as Plotly was given them: from pixels of the chart to x and y, and back.
  scales() {
    const { margin, xaxis, yaxis, width, height } = this.plot.layout;
    const [wide, high] = [width - margin.l - margin.r, height - margin.t - margin.b];
    const [[x0, x1], [y0, y1]] = [xaxis.range, yaxis.range];
    return {
      value: (px, py) => [
        rounded(x0 + ((px - margin.l) / wide) * (x1 - x0), x1 - x0),
        rounded(y1 - ((py - margin.t) / high) * (y1 - y0), y1 - y0),
      ],
      pixel: (x, y) => [margin.l + ((x - x0) / (x1 - x0)) * wide, margin.t + ((y1 - y) / (y1 - y0)) * high],
      holds: (px, py) => px >= margin.l && px <= width - margin.r && py >= margin.t && py <= height - margin.b,
    };
  }

  at(event) {
    const { left, top } = this.chart.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  points() {
    const { x, y, customdata } = this.plot.data[1];
    return Array.from(x, (value, i) => (this.plane ? [value, y[i], customdata[i]] : [value, y[i]]));
  }

  // A point at a place: with the y that it had, or that new ones get.
  pointAt(place, from) {
    return this.plane ? [...place, from ? from[2] : Number(this.value.value)] : place;
  }

  take(event) {
    if (!this.enabled || event.button) return;
    const [px, py] = this.at(event);
    const { pixel, holds } = this.scales();
    if (!holds(px, py)) return;
    const far = this.points().map(([x, y]) => Math.hypot(pixel(x, y)[0] - px, pixel(x, y)[1] - py));
    const place = far.indexOf(Math.min(...far));
    const near = far[place] < NEAR;
    this.held = { place: near ? place : null, from: near ? this.points()[place] : null, start: [px, py], moved: false };
    this.chart.setPointerCapture(event.pointerId);
  }

  move(event) {
    if (!this.held) return;
    const [px, py] = this.at(event);
    this.held.moved ||= Math.hypot(px - this.held.start[0], py - this.held.start[1]) > 3;
    if (!this.held.moved || this.held.place === null) return;
    const points = this.points();
    points[this.held.place] = this.scales().value(px, py);
    window.Plotly.restyle(this.plot, { x: [points.map(([x]) => x)], y: [points.map(([, y]) => y)] }, [1]);
  }

  drop(event) {
    const { held } = this;
    this.held = null;
    if (!held) return;
    const [px, py] = this.at(event);
    const { value, holds } = this.scales();
    this.last = held.moved ? null : held.place;
    const put = holds(px, py) ? this.pointAt(value(px, py), held.from) : null;
    if (held.place === null && !held.moved && put) this.change(null, put);
    else if (held.place !== null && held.moved) this.change(held.from, put);
  }

  press(event) {
    if (!this.enabled || this.last === null || !["Delete", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    this.change(this.points()[this.last], null);
    this.last = null;
  }
}

// As many decimals as a hand can aim at on an axis of this span.
function rounded(value, span) {
  return Number(value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(span)))));
}
