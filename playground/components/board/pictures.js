// Saves a chart as a picture: drawn once more, with a title and a background, as PNG or SVG.

import { find, findAll } from "../shared/dom.js";

/** @typedef {import("../shared/plotly.js").Plot} Plot */

const TITLE_PX = 34; // room for the title
const KEPT_MS = 60_000; // how long a browser may take to begin to save

/**
 * Adds the menu to a caption, once.
 *
 * @param {HTMLElement} caption
 * @param {() => {plots: Plot[], title: string}} charts  what to draw, the lowest first
 */
export function addPictureMenu(caption, charts) {
  if (caption.querySelector(".picture")) return;
  const menu = document.createElement("details");
  menu.className = "picture";
  menu.innerHTML = `<summary aria-label="Save this chart as a picture" title="Save this chart as a picture">⤓</summary>
    <div translate="no"><button type="button" data-format="png">PNG</button><button type="button" data-format="svg">SVG</button><output></output></div>`;
  const note = find(menu, "output");
  for (const button of findAll(menu, "button")) {
    button.onclick = async () => {
      menu.open = false;
      const { plots, title } = charts();
      note.textContent = "";
      try {
        await savePicture(plots, title, button.dataset.format === "png" ? "png" : "svg");
      } catch (error) {
        note.textContent = `Not saved: ${error instanceof Error ? error.message : error}`;
        menu.open = true;
      }
    };
  }
  menu.onkeydown = (event) => {
    if (event.key === "Escape") menu.open = false;
  };
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && menu.contains(relatedTarget))) menu.open = false;
  });
  caption.append(menu);
}

/** @param {Plot[]} plots @param {string} title @param {"png" | "svg"} format */
async function savePicture(plots, title, format) {
  const top = plots[plots.length - 1]; // whose axes are seen
  const board = getComputedStyle(find(document, ".board"));
  const background = board.getPropertyValue("--st-background-color").trim() || "#fff";
  const base = plots.find((plot) => plot.layout.xaxis?.title?.text)?.layout ?? top.layout;
  const width = top.clientWidth;
  const height = top.clientHeight + TITLE_PX;
  const layout = {
    ...base,
    width,
    height,
    autosize: false,
    showlegend: false,
    paper_bgcolor: background,
    plot_bgcolor: background,
    margin: { ...base.margin, t: (base.margin?.t ?? 0) + TITLE_PX },
    title: {
      text: title,
      font: { size: 15 },
      pad: { t: 10 },
      x: 0.02,
      xanchor: "left",
      y: 1,
      yref: "container",
      yanchor: "top",
    },
  };
  const data = plots.flatMap((plot) => plot.data).filter((trace) => trace.opacity !== 0);
  const options = { format, width, height, scale: format === "png" ? 2 : 1 };
  const picture = await fetch(await window.Plotly.toImage({ data, layout }, options)); // from a data: address
  download(await picture.blob(), `${fileName(title)}.${format}`);
}

/**
 * Saves a file, and keeps it while the browser begins: Plotly's own way lets go of it at once.
 *
 * @param {Blob} file
 * @param {string} name
 */
function download(file, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

/** @param {string} title */
export function fileName(title) {
  return title
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}
