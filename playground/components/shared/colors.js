// Light and dark: which theme the page has, and which letters are read best on a colour.

/** @typedef {"light" | "dark"} Theme */

/** The relative luminance of #rrggbb, from 0 to 255. @param {string} color */
function luminance(color) {
  const [r, g, b] = (color.match(/\w\w/g) ?? []).map((hex) => Number.parseInt(hex, 16));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Whether white letters are read better than black ones on #rrggbb. @param {string} color */
export function isDark(color) {
  return luminance(color) < 140;
}

/** @type {Map<string, Theme>} */
const themes = new Map();

/**
 * The page's theme, by the background that Streamlit names for an element. Any CSS colour may stand there; a canvas is the
 * browser's own way to turn it into #rrggbb.
 *
 * @param {Element} element
 * @returns {Theme}
 */
export function themeOf(element) {
  const background = getComputedStyle(element).getPropertyValue("--st-background-color").trim() || "#fff";
  let theme = themes.get(background);
  if (!theme) {
    const canvas = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
    canvas.fillStyle = background;
    theme = luminance(String(canvas.fillStyle)) < 128 ? "dark" : "light";
    themes.set(background, theme);
  }
  return theme;
}
