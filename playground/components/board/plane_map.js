// The output over a plane: the map under the points, with its key and how well the classes are separated.

import { find, findAll, markChoice, onChoice, setText } from "../shared/dom.js";
import { restyle } from "../shared/plotly.js";
import { rowsOf } from "../shared/rows.js";
import { writeGradient, writeLimits } from "../shared/shades.js";
import { ConfusionTables } from "./confusion_tables.js";

/**
 * @typedef {import("../shared/rows.js").Numbers} Numbers
 * @typedef {import("../shared/plotly.js").Plot} Plot
 * @typedef {import("../contract.js").Plane} Plane
 */

const TRACES_WITH_BORDER = 4; // the map, training points, test points, and the border of a formula

export class PlaneMap {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {{plots: {still: Plot, moving: Plot}, plane: Plane, scales: {[shading: string]: [number, string][]}} | null} */
    this.drawn = null;
    /** @type {Numbers | null} */
    this.shades = null; // on screen
    this.confusions = new ConfusionTables(find(element, ".confusion"));
    this.shading = onChoice(element, "shading", (shading) => this.setShading(shading));
  }

  /**
   * Another run, or another theme, drawn anew.
   *
   * @param {{still: Plot, moving: Plot}} plots
   * @param {Plane} plane
   * @param {{[shading: string]: [number, string][]}} scales
   * @param {boolean} tested
   */
  begin(plots, plane, scales, tested) {
    this.drawn = { plots, plane, scales };
    this.shades = null;
    this.element.classList.toggle("classes", plane.classes > 0);
    writeGradient(this.element, scales.smooth);
    writeLimits(this.element, plane.limits);
    for (const [k, key] of findAll(this.element, ".beside-map .key li").entries()) {
      key.hidden = k >= plane.classes;
      setText(find(key, "span"), plane.class_names[k] ?? "");
    }
    find(this.element, ".marks .border").hidden = plots.still.data.length < TRACES_WITH_BORDER;
    const next = /** @type {HTMLInputElement} */ (find(this.element, ".new-point input"));
    const isNamed = plane.class_names.some((name, k) => name !== `class ${k}`);
    if (isNamed && !plane.class_names.includes(next.value)) next.value = plane.class_names[0];
    this.confusions.begin(plane.class_names, tested);
    this.setShading(this.shading);
  }

  /** @param {Numbers | null} shades @param {Numbers | null} confusion */
  update(shades, confusion) {
    if (!this.drawn) return;
    if (shades && shades !== this.shades) {
      this.shades = shades;
      restyle(this.drawn.plots.moving, { z: [rowsOf(shades, this.drawn.plane.cells)] }, [0]);
    }
    if (!confusion) return;
    const [training, test] = this.confusions.update(confusion);
    setText(find(this.element, "[data-testid=accuracy]"), training ?? "");
    setText(find(this.element, "[data-testid=test-accuracy]"), test ?? "");
  }

  /** The run stands still: the numbers under the pointer are those of the map. @param {Numbers | null} shades */
  drawStill(shades) {
    if (!this.drawn || !shades) return;
    const { plots, plane } = this.drawn;
    const z = rowsOf(shades, plane.cells);
    const words = (/** @type {Numbers} */ row) => Array.from(row, (shade) => shadeInWords(shade, plane.class_names));
    restyle(plots.still, plane.classes > 2 ? { z: [z], text: [z.map(words)] } : { z: [z] }, [0]);
  }

  /** @param {string} shading  "smooth" or "discretised" */
  setShading(shading) {
    this.shading = shading;
    markChoice(this.element, "shading", shading);
    if (!this.drawn) return;
    const style = { colorscale: [this.drawn.scales[shading]], zsmooth: shading === "smooth" ? "fast" : false };
    restyle(this.drawn.plots.moving, style, [0]);
  }
}

/**
 * Of more than two classes a shade is the class plus how far its share is on the way from a guess to certainty.
 *
 * @param {number} shade
 * @param {string[]} names  of the classes
 */
export function shadeInWords(shade, names) {
  const classes = names.length;
  const k = Math.min(Math.floor(shade), classes - 1);
  return `${names[k]}, ${(100 * (1 / classes + (shade - k) * (1 - 1 / classes))).toFixed(1)} %`;
}
