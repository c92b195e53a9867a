// The key to the colours of a map's values, from .from to .to.

import { find, setText } from "./dom.js";
import { rounded } from "./format.js";

/** A gradient of a Plotly colour scale. @param {HTMLElement} element @param {[number, string][]} colorscale */
export function writeGradient(element, colorscale) {
  const colors = colorscale.map(([, color]) => color).join(",");
  element.style.setProperty("--shades", `linear-gradient(90deg, ${colors})`);
}

/** @param {HTMLElement} element @param {[number, number]} limits */
export function writeLimits(element, limits) {
  for (const [i, end] of [".from", ".to"].entries()) setText(find(element, end), rounded(limits[i], 3));
}
