// Draws a race as its frames come in: the losses of all runners and their fits or maps, and where each of them stands.

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
    this.maps = new RaceMaps(element.querySelector(".race-maps"));
    this.reel = new Reel();
    this.drawing = Promise.resolve();
    this.undrawn = 0; // how often the charts have still to be drawn anew
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
    const frames = framesOfRace(state);
    this.state = state;
    if (other) {
      this.reel = new Reel();
      this.frame = frames[0];
      this.maps.forget();
      this.maps.note(frames[state.pictured[0]]);
    }
    if (other || theme !== this.theme) {
      this.theme = theme;
      this.undrawn += 1;
      this.drawing = this.drawing.then(() => this.draw());
    }
    if (news) this.reel.take(frames, !state.playing);
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
    const { race } = this.state;
    const { losses, fits, colors } = this.state.figures[this.theme];
    this.element.classList.toggle("plane", this.state.plane !== null);
    for (const [plot, figure] of fits ? [[this.losses, losses], [this.fits, fits]] : [[this.losses, losses]]) {
      const { data, layout } = structuredClone(figure);
      await Plotly.react(plot, data, { ...layout, ...sizeOf(plot) }, PLOT);
    }
    await this.maps.draw(Plotly, this.state, this.state.figures[this.theme]);
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
    this.undrawn -= 1;
    if (race !== this.state.race) return; // which will be drawn next
    this.maps.settle();
    this.tell(this.frame);
  }

  loop = (now) => {
    if (this.closed) return;
    if (this.undrawn) return requestAnimationFrame(this.loop);
    const frame = this.reel.due(now, (passed) => this.maps.note(passed));
    if (frame) this.show((this.frame = frame));
    if (this.state.playing && this.reel.runsShort(now)) this.ask();
    this.looping = this.state.playing || this.reel.queue.length > 0;
    if (this.looping) requestAnimationFrame(this.loop);
    else {
      this.updateLosses(this.frame);
      this.maps.settle();
      this.tell(this.frame);
    }
  };

  show(frame) {
    this.turn += 1;
    if (!this.state.plane) this.updateFits(frame);
    if (this.turn % 3 === 0) this.updateLosses(frame);
    else this.maps.update();
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

  // Each runner's loss and place, and its map in words.
  tell({ epoch, losses }) {
    const order = [...losses.keys()].sort((a, b) => losses[a] - losses[b]);
    for (const [i, row] of [...this.element.querySelectorAll("tr")].entries()) {
      const [loss, place] = row.querySelectorAll("td");
      const out = this.state.diverged[i];
      loss.textContent = `loss ${losses[i].toPrecision(5)}`;
      place.textContent = out !== null && out <= epoch + 1 ? `diverged at epoch ${out}` : `place ${order.indexOf(i) + 1}`;
    }
    this.maps.tell();
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
    for (const plot of this.element.querySelectorAll(".plot")) {
      const size = sizeOf(plot);
      if (plot.layout && size.width && (size.width !== plot.layout.width || size.height !== plot.layout.height)) {
        window.Plotly.relayout(plot, size);
      }
    }
  }
}

// Of a plane some frames come without maps; the last of an answer has them.
function framesOfRace({ arrays, names, pictured }) {
  const { epochs, losses, outputs, shades, accuracies } = arrays;
  const k = names.length;
  const rowsOfFrame = (array, place) => {
    if (!array || place < 0) return null;
    const n = array.length / pictured.length / k;
    return names.map((_, j) => array.subarray((place * k + j) * n, (place * k + j + 1) * n));
  };
  return Array.from(epochs, (epoch, i) => {
    const place = pictured.indexOf(i);
    return {
      epoch, losses: losses.subarray(i * k, (i + 1) * k), outputs: rowsOfFrame(outputs, place),
      shades: rowsOfFrame(shades, place), accuracies: rowsOfFrame(accuracies, place),
    };
  });
}
