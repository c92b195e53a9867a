// Draws the board's charts with Plotly and plays the frames that the server sends, one a painted picture.
//
// The server sends half a second of film at a time. The browser shows it at the display's own pace, at most 60 pictures
// a second, and asks for more when little is left: a page that is hidden or closed shows nothing and asks for nothing.

const LOSS_EVERY_MS = 50; // how often the other charts are drawn; the fit is drawn on every picture
const WEIGHTS_EVERY_MS = 95;

const boards = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let board = boards.get(parentElement);
  if (!board) boards.set(parentElement, (board = new Board(parentElement.querySelector(".board"))));
  board.ask = (run) => setTriggerValue("tick", run);
  board.changePoint = (from, to) => setTriggerValue("points", { from, to });
  board.select = (choice) => setTriggerValue("select", choice);
  board.receive(unpack(data));
  return () => {
    boards.delete(parentElement);
    board.close();
  };
}

class Board {
  constructor(element) {
    this.element = element;
    this.state = null; // the last header
    this.reel = new Reel(); // frames yet to be shown
    this.shown = null; // the frame on screen
    this.latest = {}; // of what does not come with every frame, the last that came
    this.plots = null; // where Plotly draws: {still, output, loss, weights: one a layer}
    this.others = []; // the charts that are not drawn on every picture: {update(frame), every, drawn}
    this.scale = "log";
    this.trail = []; // [time, epoch] of the last second, for the epochs a second
    this.map = new PlaneMap(element);
    this.weights = new WeightMaps(element.querySelector(".layers"));
    const [chart, value] = [element.querySelector(".fit-chart"), element.querySelector(".new-point input")];
    this.editor = new PointEditor(chart, value, (from, to) => this.changePoint(from, to));
    this.looping = false;
    this.drawing = Promise.resolve();
    this.undrawn = 0; // how often the charts have still to be drawn anew
    for (const button of element.querySelectorAll("[data-scale]")) {
      button.onclick = () => this.setScale(button.dataset.scale);
    }
    this.sizes = new ResizeObserver(() => this.fitSizes());
    this.sizes.observe(element);
    watchPanels();
    this.ready = loadPlotly(element.dataset.plotly).catch((error) => {
      for (const chart of element.querySelectorAll(".chart")) chart.textContent = `No charts: ${error.message}`;
    });
  }

  // Plotly's charts go with their elements. To purge them would pull the ground from under a change still under way.
  close() {
    this.closed = true;
    this.sizes.disconnect();
  }

  // Takes what the server sent. Runs again with the same state when only the theme has changed.
  async receive(state) {
    const before = this.state;
    const theme = themeOf(this.element);
    const started = !before || state.run !== before.run;
    const news = started || state.version !== before.version;
    state.figures ??= started ? null : before.figures;
    if (!state.figures) return this.ask(null); // mounted anew from an answer that left them out
    this.state = state;
    if (started) this.element.classList.toggle("tested", state.test_losses[0] !== null);
    this.element.classList.toggle("penalised", Boolean(state.arrays.history_objectives));
    if (started || theme !== this.theme) {
      this.theme = theme;
      if (started) {
        Object.assign(this, { reel: new Reel(), trail: [], latest: {}, shown: frameOf(state, 0) });
        this.note(frameOf(state, state.weighed[0]));
        this.note(frameOf(state, state.pictured[0]));
      }
      this.undrawn += 1;
      this.drawing = this.drawing.then(() => this.draw());
    }
    if (news) this.reel.take(framesOf(state), !state.playing);
    await this.drawing;
    if (this.closed || !this.plots || state !== this.state) return;
    this.setRanges();
    this.writeEdge();
    this.element.classList.toggle("own", state.editable);
    this.editor.enable(state.editable && !state.playing, state.plane !== null);
    this.weights.outline(state);
    if (!this.looping) {
      this.looping = true;
      this.reel.clock = performance.now();
      requestAnimationFrame(this.loop);
    }
  }

  loop = (now) => {
    if (this.closed) return;
    if (this.undrawn) return requestAnimationFrame(this.loop);
    const frame = this.reel.due(now, (passed) => this.note(passed));
    if (frame) this.show(frame, now);
    const { playing, run } = this.state;
    if (playing && this.reel.runsShort(now)) this.ask(run);
    this.looping = playing || this.reel.queue.length > 0;
    this.element.classList.toggle("training", this.looping);
    if (this.looping) requestAnimationFrame(this.loop);
    else if (this.shown) this.settle();
  };

  // The fit is drawn on every picture, and of the other charts the one that is most overdue: all at once would not be
  // done within a picture's time.
  show(frame, now) {
    this.shown = frame;
    this.writeNumbers(frame, now);
    this.updateOutput();
    const late = (chart) => now - chart.drawn - chart.every;
    const next = [...this.others, ...this.views()].reduce((a, b) => (late(b) > late(a) ? b : a));
    if (late(next) >= 0) {
      next.drawn = now;
      next.update(this.others.includes(next) ? frame : playground.frame);
    }
  }

  // Keeps what came with a frame, for charts that are drawn later.
  note(frame) {
    for (const name of ["parameters", "curves", "output", "shades", "confusion"]) {
      this.latest[name] = frame[name] ?? this.latest[name];
    }
    const { run, playing, limits, shapes } = this.state;
    playground.frame = { ...frame, ...this.latest, run, playing, limits, shapes };
  }

  views() {
    return [...playground.views].filter((view) => view.run === this.state.run);
  }

  // The run stands still: every chart shows the frame that the numbers tell.
  settle() {
    this.updateOutput();
    for (const chart of this.others) chart.update(this.shown);
    playground.frame = { ...playground.frame, playing: this.state.playing };
    for (const view of this.views()) view.update(playground.frame);
    if (this.state.plane) this.map.settle(this.latest);
    else window.Plotly.restyle(this.plots.still, { y: [Array.from(this.latest.output)] }, [3]);
    this.trail = [];
    this.write("epochs-per-second", "–");
  }

  // Draws every chart anew, for another run or another theme.
  async draw() {
    const Plotly = await this.ready;
    if (!Plotly || this.closed) return;
    const { charts, diverging, colors, outside } = this.state.figures[this.theme];
    const board = this.element;
    for (const [name, color] of Object.entries(colors)) board.style.setProperty(`--${name}`, color);
    board.style.setProperty("--outside", outside);
    board.style.setProperty("--outside-share", `${100 * this.state.outside}%`);
    this.weights.begin(this.state, diverging);
    const { plane } = this.state;
    board.classList.toggle("plane", plane !== null);
    board.classList.toggle("untargeted", !plane && charts[0].data[0].y.every((y) => y === null));
    const plots = [...board.querySelectorAll(".plot")];
    for (const [i, plot] of plots.entries()) {
      const { data, layout } = structuredClone(charts[i]);
      plot.parentElement.classList.add("drawn");
      await Plotly.react(plot, data, { ...layout, ...sizeOf(plot) }, PLOT);
      plot.removeAllListeners("plotly_click");
      if (i > 2) plot.on("plotly_click", ({ points: [{ pointIndex }] }) => this.choose(i - 3, ...pointIndex));
    }
    const [still, output, loss, ...weights] = plots;
    this.plots = { still, output, loss, weights };
    this.pictureMenus();
    if (plane) this.map.begin(this.plots, this.state, this.state.figures[this.theme]);
    this.others = [
      { drawn: 0, every: LOSS_EVERY_MS, update: this.updateLoss },
      ...weights.map((_, i) => ({ drawn: 0, every: WEIGHTS_EVERY_MS, update: () => this.weights.update(i, this.latest.parameters, this.state) })),
    ];
    this.ranges = "";
    this.setRanges();
    this.weights.outline(this.state);
    this.undrawn -= 1;
    this.writeNumbers(this.shown);
    this.settle();
  }

  pictureMenus() {
    const at = () => `at epoch ${this.shown.epoch.toLocaleString("en-US")}`;
    const [fit, loss, ...cards] = this.element.querySelectorAll(".card figcaption");
    const pair = () => (this.state.plane ? [this.plots.output, this.plots.still] : [this.plots.still, this.plots.output]);
    addPictureMenu(fit, () => ({ plots: pair(), title: `Fit ${at()}` }));
    addPictureMenu(loss, () => ({ plots: [this.plots.loss], title: `Loss ${at()}` }));
    for (const [i, caption] of cards.entries()) {
      const title = () => `${this.state.layers[i].title} ${at()}, from −${this.state.limits[i]} to ${this.state.limits[i]}`;
      addPictureMenu(caption, () => ({ plots: [this.plots.weights[i]], title: title() }));
    }
  }

  updateOutput() {
    if (this.state.plane) {
      this.map.update(this.latest);
      this.map.tell(this.latest);
    } else animate(this.plots.output, [{ y: this.latest.output }], [0]);
  }

  updateLoss = (frame) => {
    const { history_epochs, history_losses, history_objectives, tested_epochs, tested_losses } = this.state.arrays;
    const curve = (epochs, values, last) => {
      const count = epochs.findLastIndex((epoch) => epoch < frame.epoch) + 1;
      return { x: [...epochs.subarray(0, count), frame.epoch], y: [...values.subarray(0, count), last] };
    };
    const curves = [curve(history_epochs, history_losses, frame.loss)];
    const mode = curves[0].x.length > 1 ? "lines" : "lines+markers"; // a line of one point would not be seen
    if (mode !== this.plots.loss.data[0].mode) window.Plotly.restyle(this.plots.loss, { mode }, [0]);
    const penalised = Boolean(history_objectives);
    if (penalised || this.plots.loss.data[1].x.length) {
      curves[1] = penalised ? curve(history_epochs, history_objectives, frame.objective) : { x: [], y: [] };
    }
    if (frame.test_loss !== null) curves[2] = curve(tested_epochs, tested_losses, frame.test_loss);
    animate(this.plots.loss, Object.values(curves), Object.keys(curves).map(Number));
  };

  // A click on a heatmap.
  choose(layer, unit, column) {
    const input = inputOf(column, this.state.shapes[layer]);
    if (input !== null) this.select([layer + 1, unit, input]);
  }

  lossAxis() {
    const { ranges } = this.state;
    return this.scale === "log"
      ? { type: "log", range: ranges.log, tickmode: "array", ...ranges.ticks }
      : { type: "linear", range: ranges.linear, tickmode: "auto" };
  }

  // Ranges change in round steps and seldom; what has not changed is not drawn again.
  setRanges() {
    const ranges = JSON.stringify([this.state.ranges, this.scale]);
    if (!this.plots || ranges === this.ranges) return;
    this.ranges = ranges;
    const change = { "xaxis.range": this.state.ranges.epoch };
    for (const [name, value] of Object.entries(this.lossAxis())) change[`yaxis.${name}`] = value;
    window.Plotly.relayout(this.plots.loss, change);
  }

  setScale(scale) {
    this.scale = scale;
    for (const button of this.element.querySelectorAll("[data-scale]")) {
      button.ariaPressed = String(button.dataset.scale === scale);
    }
    if (this.state) this.setRanges();
  }

  fitSizes() {
    for (const plot of this.element.querySelectorAll(".plot")) {
      const size = sizeOf(plot);
      const { width, height } = plot.layout ?? size; // no layout yet: not drawn yet
      if (size.width && (size.width !== width || size.height !== height)) window.Plotly.relayout(plot, size);
    }
  }

  writeNumbers(frame, now) {
    this.write("epoch", String(frame.epoch), frame.epoch);
    const { loss } = frame;
    this.write("loss", loss >= 1e-4 && loss < 1e6 ? loss.toPrecision(6) : fewDigits(loss), loss);
    this.write("objective", fewDigits(frame.objective), frame.objective ?? "");
    this.write("test-loss", fewDigits(frame.test_loss), frame.test_loss ?? "");
    this.write("loss-change", signed(frame.change), frame.change);
    this.write("gradient-norm", short(frame.gradient_norm.toPrecision(4)), frame.gradient_norm);
    if (!now) return;
    this.trail.push([now, frame.epoch]);
    while (this.trail.length > 2 && now - this.trail[0][0] > 1000) this.trail.shift();
    const [then, epoch] = this.trail[0];
    if (now - then > 200) {
      const rate = ((frame.epoch - epoch) / (now - then)) * 1000;
      this.write("epochs-per-second", Math.round(rate).toLocaleString("en-US"));
    }
  }

  writeEdge() {
    const { stable_learning_rate: stable, stable_bound: bound, learning_rate: used } = this.state;
    this.write("stable-learning-rate", fewDigits(stable), stable ?? "");
    this.write("learning-rate", `in use: ${used}`);
    this.write("stable-bound", `. ${bound}`);
    const cell = this.element.querySelector("[data-testid=stable-learning-rate]");
    cell.title = cell.closest("div").title = bound;
  }

  write(name, text, value) {
    const cell = this.element.querySelector(`[data-testid=${name}]`);
    if (cell.textContent !== text) cell.textContent = text;
    if (value !== undefined) cell.dataset.value = cell.title = value;
  }
}

// At most nine characters, but for what is as good as endless.
function fewDigits(number) {
  if (number === null) return "–";
  return short(number && number < 1e-4 ? number.toExponential(3) : number.toPrecision(4));
}

function signed(number) {
  if (Number.isNaN(number)) return "–"; // nobody knows, as at the start
  if (number === 0) return "0";
  return (number < 0 ? "−" : "+") + short(Math.abs(number).toExponential(2));
}
