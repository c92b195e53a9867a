// Draws the network as units and weights, and lets one of them be selected. Its numbers come with the board's frames.

const ROW = 23; // pixels a unit
const TOP = 44; // for the titles
const REACH = 7; // how near to a line the pointer selects it
const diagrams = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let diagram = diagrams.get(parentElement);
  if (!diagram) diagrams.set(parentElement, (diagram = new Diagram(parentElement.querySelector(".network"))));
  diagram.select = (choice) => setTriggerValue("select", choice);
  diagram.receive(data);
  return () => {
    diagrams.delete(parentElement);
    diagram.close();
  };
}

class Diagram {
  constructor(element) {
    this.element = element;
    this.svg = element.querySelector("svg");
    this.tip = element.querySelector(".tip");
    this.pointed = null; // the part under the pointer
    this.svg.onpointermove = (event) => this.point(event);
    this.svg.onpointerleave = () => this.point(null);
    this.svg.onclick = (event) => {
      this.point(event);
      if (this.pointed) this.select(this.pointed.choice);
    };
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.svg.parentElement);
  }

  close() {
    playground.views.delete(this.view);
    this.sizes.disconnect();
  }

  receive(data) {
    this.data = data;
    const { diverging } = data.colors[themeOf(this.element)];
    this.diverging = diverging;
    this.element.style.setProperty("--negative", diverging[1]);
    this.element.style.setProperty("--positive", diverging[5]);
    this.svg.ariaLabel = data.description;
    this.width = 0;
    this.draw();
    const before = this.view;
    this.view = { run: data.run, every: 120, drawn: 0, update: (frame) => this.update(frame) };
    addView(this.view, before);
  }

  // Lays out the units in columns; `parts` are what can be pointed at: {choice, place in the parameters, ...}.
  draw() {
    const width = this.svg.parentElement.clientWidth;
    if (!this.data || !width || width === this.width) return;
    this.width = width;
    const { columns, inputs, shapes, selected } = this.data;
    const height = TOP + ROW * Math.max(...columns.map(({ units, folded }) => units.length + (folded > 0))) + 10;
    const gap = width / columns.length;
    const pill = Math.min(62, gap * 0.62);
    const x = (column) => gap * (column + 0.5);
    const y = (column, row) => {
      const { units, folded } = columns[column];
      return TOP + (height - TOP - 10) / 2 + ROW * (row + 0.5 - (units.length + (folded > 0)) / 2);
    };
    const back = [], front = [], halos = [];
    this.parts = [];
    let start = 0;
    for (const [i, [, across]] of shapes.entries()) {
      const [from, to] = [columns[i], columns[i + 1]];
      for (const [row, unit] of to.units.entries()) {
        for (const [source, input] of from.units.entries()) {
          const ends = { x1: x(i) + pill / 2, y1: y(i, source), x2: x(i + 1) - pill / 2, y2: y(i + 1, row) };
          const line = tag("line", ends);
          back.push(line);
          this.parts.push({ choice: [i + 1, unit, input], place: start + unit * across + input, layer: i, line, ends });
        }
        const box = { x: x(i + 1) - pill / 2, y: y(i + 1, row) - 9, width: pill, height: 18, rx: 9 };
        const rect = tag("rect", box);
        const text = tag("text", { x: x(i + 1), y: y(i + 1, row) + 4 });
        front.push(rect, text);
        const place = start + unit * across + across - 1;
        this.parts.push({ choice: [i + 1, unit, across - 1], place, layer: i, rect, text, box });
      }
      start += shapes[i][0] * across;
    }
    for (const [row, input] of columns[0].units.entries()) {
      front.push(tag("rect", { x: x(0) - pill / 2, y: y(0, row) - 9, width: pill, height: 18, rx: 9, fill: "none" }));
      front.push(tag("text", { x: x(0), y: y(0, row) + 4 }, inputs[input]));
    }
    for (const [i, { title, note, units, folded }] of columns.entries()) {
      front.push(tag("text", { x: x(i), y: 16, class: "title" }, title));
      front.push(tag("text", { x: x(i), y: 31, class: "note" }, note));
      if (folded) front.push(tag("text", { x: x(i), y: y(i, units.length) + 4, class: "fold" }, `+ ${folded} more`));
    }
    this.chosen = this.parts.find(({ choice }) => String(choice) === String(selected));
    if (this.chosen?.line) halos.push(tag("line", { ...this.chosen.ends, class: "halo", "stroke-width": 2 }));
    if (this.chosen?.rect) {
      const { x, y, width, height } = this.chosen.box;
      halos.push(tag("rect", { x: x - 3, y: y - 3, width: width + 6, height: height + 6, rx: 12, class: "halo", "stroke-width": 2 }));
    }
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.style.height = `${height}px`;
    this.svg.replaceChildren(...back, ...front, ...halos);
    if (playground.frame?.run === this.data.run) this.update(playground.frame);
  }

  update({ parameters, limits }) {
    if (!this.parts || !parameters) return;
    this.parameters = parameters;
    for (const { place, layer, line, rect, text } of this.parts) {
      const value = parameters[place];
      const share = Math.max(-1, Math.min(1, value / limits[layer]));
      const size = Math.sqrt(Math.abs(share)); // so that small ones are told apart
      if (line) {
        line.setAttribute("stroke", this.diverging[value < 0 ? 1 : 5]);
        line.setAttribute("stroke-width", (0.3 + 4.7 * size).toFixed(2));
        line.setAttribute("stroke-opacity", (0.1 + 0.8 * size).toFixed(2));
      } else {
        const color = this.diverging[Math.round(3 + 3 * share)];
        rect.setAttribute("fill", color);
        text.style.fill = isDark(color) ? "#fff" : "#000";
        const words = short(Number(value.toPrecision(3))).replace("-", "−");
        if (text.textContent !== words) text.textContent = words;
      }
    }
    this.tell();
  }

  // The part under the pointer: a unit, or the line that is nearest.
  point(event) {
    this.pointed = null;
    if (event && this.parts) {
      const frame = this.svg.getBoundingClientRect();
      this.at = [event.clientX - frame.left, event.clientY - frame.top];
      const near = (part) => (part.rect ? inside(this.at, part.box) : distance(this.at, part.ends));
      const best = this.parts.reduce((a, b) => (near(b) < near(a) ? b : a));
      if (near(best) < REACH) this.pointed = best;
    }
    this.svg.classList.toggle("hot", Boolean(this.pointed));
    this.tell();
  }

  // The value under the pointer, and the selected one, in full.
  tell() {
    this.tip.hidden = !this.pointed;
    if (this.pointed) {
      this.tip.textContent = this.words(this.pointed.choice, this.pointed.place);
      const [x, y] = this.at;
      const right = x > this.width / 2;
      Object.assign(this.tip.style, {
        left: right ? "auto" : `${x + 14}px`, right: right ? `${this.width - x + 14}px` : "auto", top: `${y - 12}px`,
      });
    }
    const { selected } = this.data;
    const place = selected && placeOf(selected, this.data.shapes);
    const line = this.element.querySelector(".chosen");
    line.textContent = selected ? `Selected: ${this.words(selected, place)}` : "Nothing is selected.";
  }

  words(choice, place) {
    const [layer, unit, input] = choice;
    const columns = this.data.shapes[layer - 1][1];
    const { title } = this.data.columns[layer];
    const end = title === "Output" ? "the output" : `unit ${unit} of layer ${layer}`;
    const start = layer === 1 ? this.data.inputs[input] : `unit ${input} of layer ${layer - 1}`;
    const role = input === columns - 1 ? `the bias of ${end}` : `from ${start} to ${end}`;
    return `${nameOf(choice, columns)} = ${short(this.parameters?.[place] ?? "")}, ${role}`;
  }
}

// "W1[3, 0]" for a choice of [layer, unit, input], "b1[3]" where the input is the last one, which is always 1.
function nameOf([layer, unit, input], columns) {
  return input === columns - 1 ? `b${layer}[${unit}]` : `W${layer}[${unit}, ${input}]`;
}

function placeOf([layer, unit, input], shapes) {
  const start = shapes.slice(0, layer - 1).reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  return start + unit * shapes[layer - 1][1] + input;
}

function tag(name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

// How far a point is from a line, and 0 inside a box; Infinity outside it.
function distance([x, y], { x1, y1, x2, y2 }) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const t = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}

function inside([x, y], box) {
  return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height ? -1 : Infinity;
}

function isDark(color) {
  const [r, g, b] = color.match(/\w\w/g).map((hex) => parseInt(hex, 16));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 140;
}
