// Saves a chart as a picture: drawn once more, with a title and a ground, as PNG or SVG.

const COLORS = ["text", "background", "secondary-background", "border", "primary"].map((name) => `--st-${name}-color`);

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

// The charts of the panels have no caption of ours: they get a menu over them when the pointer first comes there, or when
// the keyboard first goes from place to place.
function watchPanels() {
  if (playground.watchesPanels) return;
  playground.watchesPanels = true;
  const charts = "[data-testid=stPlotlyChart], :is(.units, .maps, .race) .chart";
  document.addEventListener("pointerover", ({ target }) => addPanelMenu(target.closest?.(charts)));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Tab") document.querySelectorAll(charts).forEach(addPanelMenu);
  });
}

function addPanelMenu(chart) {
  if (!chart?.querySelector(".js-plotly-plot") || chart.querySelector(".picture")) return;
  if (getComputedStyle(chart).position === "static") chart.style.position = "relative";
  addPictureMenu(chart, () => ({ plots: [...chart.querySelectorAll(".js-plotly-plot")], title: nameOfPanel(chart) }));
  const menu = chart.querySelector(".picture");
  menu.classList.add("over");
  const style = getComputedStyle(document.querySelector(".board"));
  for (const name of COLORS) menu.style.setProperty(name, style.getPropertyValue(name));
}

function nameOfPanel(chart) {
  const [, panel] = chart.closest("[class*=st-key-panel_]")?.className.match(/st-key-panel_(\w+)/) ?? [null, "chart"];
  const name = panel[0].toUpperCase() + panel.slice(1);
  return `${name} at epoch ${(playground.frame?.epoch ?? 0).toLocaleString("en-US")}`;
}

function savePicture(plots, title, format) {
  const top = plots.at(-1); // whose axes are seen
  const ground = getComputedStyle(document.querySelector(".board")).getPropertyValue("--st-background-color").trim() || "#fff";
  const base = plots.find((plot) => plot.layout.xaxis?.title?.text)?.layout ?? top.layout;
  const { clientWidth: width, clientHeight: height } = top;
  const room = 34; // for the title
  const layout = {
    ...base, width, height: height + room, autosize: false, showlegend: false,
    margin: { ...base.margin, t: (base.margin?.t ?? 0) + room },
    paper_bgcolor: ground, plot_bgcolor: ground,
    title: { text: title, font: { size: 15 }, x: 0.02, xanchor: "left", yref: "container", y: 1, yanchor: "top", pad: { t: 10 } },
  };
  const data = plots.flatMap((plot) => plot.data).filter((trace) => trace.opacity !== 0);
  const filename = title.replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase();
  return window.Plotly.downloadImage({ data, layout }, { format, filename, width, height: height + room, scale: format === "png" ? 2 : 1 });
}
