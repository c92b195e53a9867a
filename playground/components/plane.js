// The output over a plane: the map under the points, and how well the classes are told apart.

class PlaneMap {
  constructor(element) {
    this.element = element;
    this.shading = "smooth";
    this.side = element.querySelector(".told");
    for (const button of element.querySelectorAll("[data-shading]")) {
      button.onclick = () => this.setShading(button.dataset.shading);
    }
  }

  // Another run, or another theme: `plots` are drawn anew.
  begin({ still, output }, { plane, test_losses }, { scales }) {
    Object.assign(this, { still, output, plane, scales, image: null });
    this.element.classList.toggle("classes", plane.classes > 0);
    writeShades(this.element, scales.smooth, plane.limits);
    for (const [k, key] of [...this.side.querySelectorAll(".key li")].entries()) key.hidden = k >= plane.classes;
    this.side.querySelector(".confusion").replaceChildren(...this.tables(plane.classes, test_losses[0] !== null));
    this.setShading(this.shading);
  }

  // A confusion matrix for the training points and one for the test points: a class a row, and what it is taken for.
  tables(classes, tested) {
    const all = classes ? [...Array(classes).keys()] : [];
    const sets = tested ? ["Training points", "Test points"] : ["Training points"];
    this.cells = sets.map(() => all.map(() => all.map(() => cellOf("td", "0"))));
    return sets.map((set, i) => {
      const table = document.createElement("table");
      const head = [set, ...all].map((text) => cellOf("th", text));
      table.append(...[head, ...all.map((k) => [cellOf("th", `class ${k}`), ...this.cells[i][k]])].map((cells) => {
        const row = document.createElement("tr");
        row.append(...cells);
        return row;
      }));
      return table;
    });
  }

  update({ shades }) {
    if (!shades || shades === this.image) return;
    this.image = shades;
    window.Plotly.restyle(this.output, { z: [rowsOf(shades, this.plane.cells)] }, [0]);
  }

  // Accuracy and confusion: how many points of each class are told to be of each.
  tell({ confusion }) {
    if (!confusion || !this.cells) return;
    const { classes } = this.plane;
    const texts = this.cells.map((set, s) => {
      const counts = confusion.subarray(s * classes ** 2, (s + 1) * classes ** 2);
      const total = counts.reduce((a, b) => a + b, 0);
      const right = set.reduce((sum, _, k) => sum + counts[k * classes + k], 0);
      set.forEach((row, i) => row.forEach((cell, j) => setText(cell, String(counts[i * classes + j]))));
      return total ? `${((100 * right) / total).toFixed(1)} %` : "–";
    });
    setText(this.element.querySelector("[data-testid=accuracy]"), texts[0]);
    setText(this.element.querySelector("[data-testid=test-accuracy]"), texts[1] ?? "");
  }

  // The run stands still: the numbers under the pointer are those of the map.
  settle({ shades }) {
    const { cells, classes } = this.plane;
    const z = rowsOf(shades, cells);
    const words = ([...row]) => row.map((shade) => {
      const k = Math.min(Math.floor(shade), classes - 1);
      return `class ${k}, ${(100 * (1 / classes + (shade - k) * (1 - 1 / classes))).toFixed(1)} %`;
    });
    window.Plotly.restyle(this.still, classes > 2 ? { z: [z], text: [z.map(words)] } : { z: [z] }, [0]);
  }

  setShading(shading) {
    this.shading = shading;
    for (const button of this.element.querySelectorAll("[data-shading]")) {
      button.ariaPressed = String(button.dataset.shading === shading);
    }
    if (!this.output?.data) return;
    const style = { colorscale: [this.scales[shading]], zsmooth: shading === "smooth" ? "fast" : false };
    window.Plotly.restyle(this.output, style, [0]);
  }
}

// The rows of a square of so many cells along each side.
function rowsOf(shades, cells) {
  return Array.from({ length: cells }, (_, row) => shades.subarray(row * cells, (row + 1) * cells));
}

// The key to the colours of values, from .from to .to.
function writeShades(element, scale, limits) {
  element.style.setProperty("--shades", `linear-gradient(90deg, ${scale.map(([, color]) => color).join(",")})`);
  for (const [i, end] of [".from", ".to"].entries()) {
    element.querySelector(end).textContent = short(Number(limits[i].toPrecision(3))).replace("-", "−");
  }
}

function cellOf(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
