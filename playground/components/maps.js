// Draws the map of every unit of a layer, as tiles of one chart. The maps come with the board's frames.

const GAP = 3; // cells between two tiles
const NAME = 5; // cells over a tile, for its name
const TILE_PX = 92; // how wide a tile is at least
const panels = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let panel = panels.get(parentElement);
  if (!panel) panels.set(parentElement, (panel = new Maps(parentElement.querySelector(".maps"))));
  panel.select = (choice) => setTriggerValue("select", choice);
  panel.receive(data);
  return () => {
    panels.delete(parentElement);
    panel.close();
  };
}

class Maps {
  constructor(element) {
    this.element = element;
    this.chart = element.querySelector(".chart");
    this.plot = element.querySelector(".plot");
    this.drawing = Promise.resolve();
    this.sizes = new ResizeObserver(() => this.width !== element.clientWidth && this.data && this.redraw());
    this.sizes.observe(element);
  }

  close() {
    this.closed = true;
    playground.views.delete(this.view);
    this.sizes.disconnect();
  }

  async receive(data) {
    this.data = data;
    await this.redraw();
    if (this.closed || data !== this.data) return;
    const before = this.view;
    this.view = { run: data.run, every: 250, drawn: 0, update: this.update };
    addView(this.view, before);
  }

  redraw() {
    return (this.drawing = this.drawing.then(() => this.draw()));
  }

  async draw() {
    const Plotly = await loadPlotly(this.element.dataset.plotly);
    const { units, cells, layer, selected } = this.data;
    const figure = structuredClone(this.data.figures[themeOf(this.element)]);
    this.width = this.element.clientWidth;
    if (!this.width) return;
    this.columns = Math.max(2, Math.min(units, Math.floor(this.width / TILE_PX)));
    const rows = Math.ceil(units / this.columns);
    this.across = this.columns * (cells + GAP) - GAP;
    this.down = rows * (cells + GAP + NAME) - GAP;
    const pixels = Math.min(this.width / this.across, 150 / cells); // a cell
    Object.assign(this.chart.style, { width: `${pixels * this.across}px`, height: `${pixels * this.down}px` });
    this.chart.ariaLabel = `Heatmaps of the activation of each of ${units} units over the plane`;
    const { data: [trace], layout } = figure;
    layout.xaxis.range = [-0.5, this.across - 0.5];
    layout.yaxis.range = [this.down - 0.5, -0.5];
    trace.customdata = this.tiled((unit) => unit);
    trace.z = this.tiled(() => 0);
    this.element.style.setProperty("--shades", `linear-gradient(90deg, ${trace.colorscale.map(([, color]) => color).join(",")})`);
    await Plotly.react(this.plot, [trace], { ...layout, ...sizeOf(this.plot) }, PLOT);
    this.plot.removeAllListeners("plotly_click");
    this.plot.on("plotly_click", ({ points: [{ customdata }] }) => this.select([layer, customdata, this.data.columns - 1]));
    this.element.querySelector(".names").replaceChildren(
      ...Array.from({ length: units }, (_, unit) => {
        const [row, column] = this.placeOf(unit);
        const name = document.createElement("span");
        name.textContent = `unit ${unit}`;
        name.className = unit === selected ? "selected" : "";
        Object.assign(name.style, { left: `${pixels * column}px`, top: `${pixels * (row + 0.8)}px` });
        return name;
      }),
    );
    this.image = null;
    if (playground.frame?.run === this.data.run) this.update(playground.frame);
  }

  // The first cell of a unit's place: the row of its name, and its column.
  placeOf(unit) {
    const { cells } = this.data;
    return [Math.floor(unit / this.columns) * (cells + GAP + NAME), (unit % this.columns) * (cells + GAP)];
  }

  // Rows of cells, with value(unit, row, column) in each unit's tile, the plane's lowest row at the bottom.
  tiled(value) {
    const { units, cells } = this.data;
    const z = Array.from({ length: this.down }, () => new Array(this.across).fill(null));
    for (let unit = 0; unit < units; unit++) {
      const [top, left] = this.placeOf(unit);
      for (let row = 0; row < cells; row++) {
        for (let column = 0; column < cells; column++) {
          z[top + NAME + cells - 1 - row][left + column] = value(unit, row, column);
        }
      }
    }
    return z;
  }

  update = ({ curves }) => {
    const { units, cells } = this.data;
    if (!curves || curves.hidden === this.image || curves.hidden.length !== units * cells ** 2) return;
    this.image = curves.hidden;
    const most = roundUp(this.image.reduce((a, b) => Math.max(a, Math.abs(b)), 1e-6));
    const z = this.tiled((unit, row, column) => this.image[(unit * cells + row) * cells + column]);
    window.Plotly.restyle(this.plot, { z: [z], zmin: -most, zmax: most }, [0]);
    for (const [end, sign] of [[".from", "−"], [".to", ""]]) {
      this.element.querySelector(end).textContent = `${sign}${short(most)}`;
    }
  };
}
