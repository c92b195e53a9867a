// Saves a chart as a picture: drawn once more, with a title and a ground, as PNG or SVG.

// Adds the menu to the caption of a card; `charts()` gives its plots, the lowest first, and the title of the picture.
function addPictureMenu(caption, charts) {
  if (caption.querySelector(".picture")) return;
  const menu = document.createElement("details");
  menu.className = "picture";
  menu.innerHTML = `<summary aria-label="Save this chart as a picture" title="Save this chart as a picture">⤓</summary>
    <div><button type="button">PNG</button><button type="button">SVG</button></div>`;
  for (const button of menu.querySelectorAll("button")) {
    button.onclick = () => {
      menu.open = false;
      const { plots, title } = charts();
      savePicture(plots, title, button.textContent.toLowerCase());
    };
  }
  menu.onkeydown = (event) => {
    if (event.key === "Escape") menu.open = false;
  };
  menu.onfocusout = (event) => {
    if (!menu.contains(event.relatedTarget)) menu.open = false;
  };
  caption.append(menu);
}

function savePicture(plots, title, format) {
  const top = plots.at(-1); // whose axes are seen
  const ground = getComputedStyle(top).getPropertyValue("--st-background-color").trim() || "#fff";
  const { width, height, margin, xaxis, yaxis, font } = plots.find((plot) => plot.layout.xaxis.title?.text)?.layout ?? top.layout;
  const room = 34; // for the title
  const layout = {
    width, height: height + room, xaxis, yaxis, font, showlegend: false,
    margin: { ...margin, t: margin.t + room },
    paper_bgcolor: ground, plot_bgcolor: ground,
    title: { text: title, font: { size: 15 }, x: 0.02, xanchor: "left", yref: "container", y: 1, yanchor: "top", pad: { t: 10 } },
  };
  const data = plots.flatMap((plot) => plot.data).filter((trace) => trace.opacity !== 0);
  const filename = title.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
  return window.Plotly.downloadImage({ data, layout }, { format, filename, width, height: height + room, scale: format === "png" ? 2 : 1 });
}
