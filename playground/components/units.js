// Draws what each unit contributes, and adds the units up one after another. The curves come with the board's frames.

const panels = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let panel = panels.get(parentElement);
  if (!panel) panels.set(parentElement, (panel = new Units(parentElement.querySelector(".units"))));
  panel.select = (choice) => setTriggerValue("select", choice);
  panel.receive(data);
  return () => {
    panels.delete(parentElement);
    panel.close();
  };
}

class Units {
  constructor(element) {
    this.element = element;
    this.slider = element.querySelector("input");
    this.slider.oninput = () => this.add(Number(this.slider.value));
    element.querySelector("button").onclick = () => this.addOneByOne();
    [this.sum, this.own] = element.querySelectorAll(".plot");
    this.drawing = Promise.resolve();
    this.sizes = new ResizeObserver(() => this.fitSizes());
    this.sizes.observe(element);
  }

  close() {
    this.closed = true;
    for (const view of this.views ?? []) playground.views.delete(view);
    this.sizes.disconnect();
  }

  async receive(data) {
    const other = this.data?.units !== data.units;
    this.data = data;
    this.slider.max = data.units;
    if (other) this.count = data.units;
    this.slider.value = this.count;
    this.drawing = this.drawing.then(() => this.draw());
    await this.drawing;
    if (this.closed || data !== this.data) return;
    const before = this.views ?? [];
    const parts = [this.updateSum, this.updateOwn]; // by turns: both at once take longer than a picture may
    this.views = parts.map((update) => ({ run: data.run, every: 200, drawn: 0, update }));
    this.views.forEach((view, i) => addView(view, before[i]));
  }

  async draw() {
    const Plotly = await loadPlotly(this.element.dataset.plotly);
    const figures = this.data.figures[themeOf(this.element)];
    for (const [i, plot] of [this.sum, this.own].entries()) {
      const { data, layout } = structuredClone(figures[i]);
      await Plotly.react(plot, data, { ...layout, ...sizeOf(plot) }, PLOT);
      plot.removeAllListeners("plotly_click");
      plot.on("plotly_click", ({ points: [{ curveNumber }] }) => this.choose(plot, curveNumber));
    }
    this.hovers = "";
    this.color();
  }

  // Which units are added is told by colour.
  color() {
    const { units, colors } = this.data;
    const { added, waiting } = colors[themeOf(this.element)];
    const ranks = [...Array(units).keys()].map((i) => units - 1 - i); // the smallest is drawn first
    const style = {
      "line.color": ranks.map((rank) => (rank < this.count ? added : waiting)),
      opacity: ranks.map((rank) => (rank < this.count ? 0.8 : 0.5)),
    };
    window.Plotly.restyle(this.sum, style, [...Array(units).keys()].map((i) => i + 1));
    this.element.querySelector("label span").textContent = `${this.count} of ${units}`;
  }

  add(count) {
    this.count = count;
    this.slider.value = count;
    this.color();
    if (this.frame) this.updateSum(this.frame);
  }

  addOneByOne() {
    clearInterval(this.timer);
    this.add(0);
    this.timer = setInterval(
      () => (this.count < this.data.units && !this.closed ? this.add(this.count + 1) : clearInterval(this.timer)),
      Math.max(60, 4000 / this.data.units),
    );
  }

  updateSum = (frame) => {
    const { curves, playing } = frame;
    if (!curves) return;
    this.frame = frame;
    const { units, selected } = this.data;
    const ranked = [...curves.order].reverse();
    const n = curves.hidden.length / units;
    const row = (unit) => curves.weighted.subarray(unit * n, (unit + 1) * n);
    const sum = new Float64Array(n).fill(curves.bias);
    for (const unit of curves.order.subarray(0, this.count)) row(unit).forEach((y, i) => (sum[i] += y));
    const traces = [...ranked, selected ?? ranked[0]].map((unit) => ({ y: row(unit) }));
    animate(this.sum, [...traces, { y: sum }], [...traces.keys(), units + 1].map((i) => i + 1));
    this.element.classList.toggle("training", playing);
    if (!playing) this.nameCurves(ranked);
    this.element.querySelector(".equation").textContent =
      `Z(x) = b + Σ w·a(x), with the output's bias b = ${short(Number(curves.bias.toPrecision(6))).replace("-", "−")}. ${this.data.note}`;
    const most = roundUp(curves.weighted.reduce((a, b) => Math.max(a, Math.abs(b)), 0));
    const [from, to] = this.data.range;
    setRange(this.sum, [Math.min(from, -most), Math.max(to, most)]);
  };

  updateOwn = ({ curves }) => {
    if (!curves) return;
    const { units, selected } = this.data;
    const n = curves.hidden.length / units;
    const traces = [...Array(units).keys(), selected ?? 0].map((unit) => ({
      y: curves.hidden.subarray(unit * n, (unit + 1) * n),
    }));
    animate(this.own, traces, [...traces.keys()]);
    const [low, high] = curves.hidden.reduce(([a, b], y) => [Math.min(a, y), Math.max(b, y)], [0, 0]);
    setRange(this.own, [-1.05 * roundUp(-low) - 0.05, 1.05 * roundUp(high)]);
  };

  // What a hover says of a curve, and which one is selected: once the run stands still.
  nameCurves(ranked) {
    const { selected } = this.data;
    const all = [...ranked.keys()];
    const names = JSON.stringify([ranked, selected]);
    if (names === this.hovers) return;
    this.hovers = names;
    const words = (what) => (unit) => `unit ${unit}: ${what} = %{y:.6g} at x = %{x:.3f}<extra></extra>`;
    const places = all.map((i) => i + 1);
    window.Plotly.restyle(this.sum, { hovertemplate: ranked.map(words("w·a")) }, places);
    window.Plotly.restyle(this.own, { hovertemplate: all.map(words("a")) }, all);
    const shown = { visible: selected !== null };
    window.Plotly.restyle(this.sum, shown, [all.length + 1]);
    window.Plotly.restyle(this.own, shown, [all.length]);
  }

  choose(plot, curve) {
    const { units, layer, columns } = this.data;
    const ranked = [...this.frame.curves.order].reverse();
    const unit = plot === this.sum ? ranked[curve - 1] : curve;
    if (unit < units) this.select([layer, unit, columns - 1]);
  }

  fitSizes() {
    for (const plot of [this.sum, this.own]) {
      const size = sizeOf(plot);
      const { width, height } = plot.layout ?? size;
      if (size.width && (size.width !== width || size.height !== height)) window.Plotly.relayout(plot, size);
    }
  }
}

// Ranges hold all curves, and change in round steps and seldom.
function setRange(plot, range) {
  if (String(plot.layout.yaxis.range) !== String(range)) window.Plotly.relayout(plot, { "yaxis.range": range });
}
