// Draws a race as its frames come in: the losses and the fits of all runners, by turns, and where each of them stands.

const races = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  let track = races.get(parentElement);
  if (!track) races.set(parentElement, (track = new Track(parentElement.querySelector(".race"))));
  track.ask = () => setTriggerValue("tick", performance.now());
  track.receive(unpack(data));
  return () => {
    races.delete(parentElement);
    track.close();
  };
}

class Track {
  constructor(element) {
    this.element = element;
    [this.losses, this.fits] = element.querySelectorAll(".plot");
    this.reel = new Reel();
    this.drawing = Promise.resolve();
    this.turn = 0;
    this.sizes = new ResizeObserver(() => this.fitSizes());
    this.sizes.observe(element);
  }

  close() {
    this.closed = true;
    this.sizes.disconnect();
  }

  async receive(state) {
    const other = this.state?.race !== state.race;
    const theme = themeOf(this.element);
    const news = other || this.state.version !== state.version;
    this.state = state;
    if (other) this.reel = new Reel();
    if (other || theme !== this.theme) {
      this.theme = theme;
      this.drawing = this.drawing.then(() => this.draw());
    }
    if (news) this.reel.take(framesOfRace(state), !state.playing);
    await this.drawing;
    if (this.closed || state !== this.state) return;
    this.setRanges();
    if (!this.looping) {
      this.looping = true;
      this.reel.clock = performance.now();
      requestAnimationFrame(this.loop);
    }
  }

  async draw() {
    const Plotly = await loadPlotly(this.element.dataset.plotly);
    const { charts, colors } = this.state.figures[this.theme];
    this.element.classList.toggle("fitless", !this.state.fits);
    for (const [i, { data, layout }] of charts.entries()) {
      const plot = [this.losses, this.fits][i];
      await Plotly.react(plot, structuredClone(data), { ...structuredClone(layout), ...sizeOf(plot) }, PLOT);
    }
    const rows = this.state.names.map((name, i) => {
      const row = document.createElement("tr");
      const dot = Object.assign(document.createElement("span"), { textContent: "● " });
      dot.style.color = colors[i];
      const head = document.createElement("th");
      head.append(dot, name);
      row.append(head, document.createElement("td"), document.createElement("td"));
      return row;
    });
    this.element.querySelector("table").replaceChildren(...rows);
    this.ranges = "";
  }

  loop = (now) => {
    if (this.closed) return;
    const frame = this.reel.due(now, () => {});
    if (frame) this.show((this.frame = frame));
    if (this.state.playing && this.reel.runsShort(now)) this.ask();
    this.looping = this.state.playing || this.reel.queue.length > 0;
    if (this.looping) requestAnimationFrame(this.loop);
    else if (this.frame) {
      this.updateLosses(this.frame);
      this.tell(this.frame);
    }
  };

  show(frame) {
    this.turn += 1;
    if (this.state.fits) this.updateFits(frame);
    if (this.turn % 3 === 0) this.updateLosses(frame);
    if (this.turn % 6 === 1) this.tell(frame);
  }

  updateFits({ outputs }) {
    animate(this.fits, outputs.map((y) => ({ y })), outputs.map((_, i) => i + 2));
  }

  updateLosses({ epoch, losses }) {
    const { history_epochs: epochs, history_losses: all } = this.state.arrays;
    const count = epochs.findLastIndex((each) => each < epoch) + 1;
    const x = [...epochs.subarray(0, count), epoch];
    const curves = [...losses].map((loss, i) => ({
      x, y: [...all.subarray(i * epochs.length, i * epochs.length + count), loss],
    }));
    animate(this.losses, curves, [...curves.keys()]);
  }

  // Each runner's loss and place.
  tell({ epoch, losses }) {
    const order = [...losses.keys()].sort((a, b) => losses[a] - losses[b]);
    for (const [i, row] of [...this.element.querySelectorAll("tr")].entries()) {
      const [loss, place] = row.querySelectorAll("td");
      const out = this.state.diverged[i];
      loss.textContent = `loss ${losses[i].toPrecision(5)}`;
      place.textContent = out !== null && out <= epoch + 1 ? `diverged at epoch ${out}` : `place ${order.indexOf(i) + 1}`;
    }
    this.element.dataset.epoch = epoch;
  }

  setRanges() {
    const { epoch, log, ticks } = this.state.ranges;
    const ranges = JSON.stringify(this.state.ranges);
    if (ranges === this.ranges) return;
    this.ranges = ranges;
    window.Plotly.relayout(this.losses, {
      "xaxis.range": epoch, "yaxis.range": log, "yaxis.tickvals": ticks.tickvals, "yaxis.ticktext": ticks.ticktext,
    });
  }

  fitSizes() {
    for (const plot of [this.losses, this.fits]) {
      const size = sizeOf(plot);
      if (plot.layout && size.width && (size.width !== plot.layout.width || size.height !== plot.layout.height)) {
        window.Plotly.relayout(plot, size);
      }
    }
  }
}

function framesOfRace({ arrays, names }) {
  const { epochs, losses, outputs } = arrays;
  const k = names.length;
  const n = outputs ? outputs.length / epochs.length / k : 0;
  const rowsOf = (i) => names.map((_, j) => outputs.subarray((i * k + j) * n, (i * k + j + 1) * n));
  return Array.from(epochs, (epoch, i) => ({
    epoch, losses: losses.subarray(i * k, (i + 1) * k), outputs: outputs ? rowsOf(i) : null,
  }));
}
