// g and g′ of the selected unit, with the Z of the training examples on both.

import { along } from "../shared/curves.js";
import { find, setText } from "../shared/dom.js";
import { roundUp } from "../shared/format.js";
import { animate, draw, setAxes } from "../shared/plotly.js";

const DOTS = [1, 3]; // the traces of the examples

/**
 * @typedef {import("../view_contract.js").SlopesPayload} SlopesPayload
 * @typedef {import("../shared/rows.js").Numbers} Numbers
 */

export class Slopes {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    /** @type {import("../shared/plotly.js").Plot} */
    this.plot = find(element, ".plot");
    /** @type {SlopesPayload | null} */
    this.slopes = null;
  }

  /** @param {SlopesPayload} slopes */
  receive(slopes) {
    this.slopes = slopes;
    setText(find(this.element, ".where"), slopes.where);
    find(this.element, ".chart").ariaLabel = `g and g′ of ${slopes.where}`;
  }

  /** @param {string} theme */
  async draw(theme) {
    if (!this.slopes) return;
    const { figures, Z, A } = this.slopes;
    await draw(this.plot, figures[theme]);
    if (Z.length) this.show(Z, A);
  }

  /** The places at a moment of a running training. @param {import("../board/frames.js").UnitPlaces | null} places */
  move(places) {
    if (!places || !this.slopes || this.slopes.Z.length || places.of !== this.slopes.of) return;
    const { numbers } = places;
    this.show(Array.from(numbers.subarray(0, numbers.length / 2)), Array.from(numbers.subarray(numbers.length / 2)));
  }

  /** @param {number[]} Z @param {number[]} A */
  show(Z, A) {
    const { Zs, slopes, flat } = /** @type {SlopesPayload} */ (this.slopes);
    const slope = Zs.length ? Z.map((each) => along(Zs, slopes, each)) : A.map((each) => each * (1 - each));
    const [low, high] = [Math.min(...Z, Zs[0] ?? 0), Math.max(...Z, Zs[Zs.length - 1] ?? 0)];
    setAxes(this.plot, { "xaxis.range": [-roundUp(-low), roundUp(high) || 1] });
    animate(
      this.plot,
      [
        { x: Z, y: A },
        { x: Z, y: slope },
      ],
      DOTS,
    );
    const share = slope.filter((each) => Math.abs(each) < flat).length / slope.length;
    setText(find(this.element, ".share"), `${(100 * share).toFixed(0)} %`);
  }
}
