// Draws a figure that stands still: again only when the figure or the page's theme is another one.

import { themeOf } from "../shared/colors.js";
import { find } from "../shared/dom.js";
import { mount } from "../shared/mount.js";
import { drawOrTell } from "../shared/no_charts.js";
import { draw, fitSizes, onClick } from "../shared/plotly.js";
import { figureOf } from "./packed_figure.js";

/** @typedef {import("../view_contract.js").StillPayload} StillPayload */

class Still {
  /** @param {HTMLElement} element @param {import("../shared/mount.js").Send} send */
  constructor(element, send) {
    this.element = element;
    this.send = send;
    /** @type {import("../shared/plotly.js").Plot} */
    this.plot = find(element, ".plot");
    /** @type {StillPayload | null} */
    this.payload = null;
    this.drawn = ""; // the figure on screen, as JSON
    this.drawing = Promise.resolve();
    this.sizes = new ResizeObserver(() => fitSizes([this.plot]));
    this.sizes.observe(element);
  }

  close() {
    this.sizes.disconnect();
  }

  /** @param {StillPayload} data */
  receive(data) {
    this.payload = data;
    this.plot.ariaLabel = data.alt;
    find(this.element, ".chart").style.height = `${data.height}px`;
    this.drawing = this.drawing.then(async () => {
      await drawOrTell(this.element, () => this.draw());
    });
  }

  async draw() {
    const data = /** @type {StillPayload} */ (this.payload);
    const figure = figureOf(data, themeOf(this.element));
    const text = JSON.stringify(figure);
    if (text === this.drawn) return;
    this.drawn = text;
    await draw(this.plot, figure);
    if (data.clickable) onClick(this.plot, ({ points: [{ pointNumber }] }) => this.send("point", pointNumber));
  }
}

export default mount(".still", Still);
