// Charts in two themes, which are sent as one and what the other has else.

/**
 * @template Figures
 * @param {import("../contract.js").Themed<Figures>} figures
 * @param {import("./colors.js").Theme} theme
 * @returns {Figures}
 */
export function inTheme({ light, dark }, theme) {
  return theme === "light" ? light : changed(light, dark);
}

/**
 * What `changes` in themes.py describes; neither of the two is changed itself.
 *
 * @param {any} one
 * @param {any} change  by key or index, or what stands instead
 * @returns {any}
 */
export function changed(one, change) {
  if (change === undefined) return one;
  if (change === null || typeof change !== "object" || Array.isArray(change)) return change;
  if (Array.isArray(one)) return one.map((each, i) => changed(each, change[i]));
  return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, changed(value, change[key])]));
}

/** Whether charts are the same, in both themes. @param {unknown} one @param {unknown} other */
export function areSame(one, other) {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
