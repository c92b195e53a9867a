// The maps of a race on a plane: each runner's output, all on one scale of colours, with the points over it.

class RaceMaps {
  constructor(element) {
    this.element = element;
    this.forget();
  }

  forget() {
    this.tiles = []; // of each runner: {name, figure, chart, told, drawn}, `drawn` being the shades on screen
    this.frame = null; // the last one with maps
    this.turn = 0;
  }

  // Draws all of them anew, for another race or another theme; of a curve there are none.
  async draw(Plotly, { names, plane }, { small, classes, colors }) {
    if (!plane) return;
    const tiles = names.map((name, i) => this.tile(name, colors[i]));
    this.element.querySelector(".tiles").replaceChildren(...tiles.map(({ figure }) => figure));
    for (const plot of this.element.querySelectorAll(".plot")) {
      const { data, layout } = structuredClone(small[plot.classList.contains("moving") ? 0 : 1]);
      await Plotly.react(plot, data, { ...layout, ...sizeOf(plot) }, PLOT);
    }
    writeShades(this.element, small[0].data[0].colorscale, plane.limits);
    this.element.classList.toggle("classes", plane.classes > 0);
    const keys = classes.slice(0, plane.classes).map((color, k) => this.dotted(cellOf("li", `class ${k}`), color));
    this.element.querySelector(".key").replaceChildren(...keys);
    Object.assign(this, { tiles, cells: plane.cells });
  }

  tile(name, color) {
    const figure = document.createElement("figure");
    const [caption, told, chart] = [cellOf("figcaption", name), cellOf("span", ""), cellOf("div", "")];
    caption.append(told);
    this.dotted(caption, color);
    chart.className = "chart";
    chart.role = "img";
    chart.append(...["plot moving", "plot"].map((className) => Object.assign(cellOf("div", ""), { className })));
    figure.append(caption, chart);
    return { name, figure, chart, told, drawn: null };
  }

  dotted(element, color) {
    const dot = cellOf("i", "");
    dot.style.background = color;
    element.prepend(dot);
    return element;
  }

  note(frame) {
    if (frame.shades) this.frame = frame;
  }

  // Draws the next runner's map: all of them at once would not be done within a picture's time.
  update() {
    if (!this.tiles.length) return;
    this.turn = (this.turn + 1) % this.tiles.length;
    this.show(this.turn);
  }

  settle() {
    for (const i of this.tiles.keys()) this.show(i);
  }

  show(i) {
    const tile = this.tiles[i];
    if (!this.frame || tile.drawn === this.frame.shades[i]) return;
    tile.drawn = this.frame.shades[i];
    window.Plotly.restyle(tile.chart.firstChild, { z: [rowsOf(tile.drawn, this.cells)] }, [0]);
  }

  // What each map shows, for those who cannot see it too.
  tell() {
    if (!this.frame) return;
    const { epoch, losses, accuracies } = this.frame;
    for (const [i, { name, chart, told }] of this.tiles.entries()) {
      const right = accuracies ? `${(100 * accuracies[i]).toFixed(1)} %` : "";
      setText(told, right);
      const words = [`loss ${losses[i].toPrecision(5)}`, ...(right ? [`accuracy ${right}`] : [])];
      chart.ariaLabel = `The output of ${name} over the plane at epoch ${epoch}: ${words.join(", ")}`;
    }
  }
}
