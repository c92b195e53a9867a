// Draws what stands still as it is drawn while it trains, to be compared with what Plotly has drawn.

/** Where the points of the fit's line are, as [x, y], by Plotly and by the page itself. */
window.compareLine = async (source) => {
  const { drawPassingLine } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const plot = document.querySelector("[data-testid=fit-chart] .moving");
  const path = plot.querySelector(".js-line");
  const points = () =>
    path
      .getAttribute("d")
      .slice(1)
      .split("L")
      .map((point) => point.split(",").map(Number));
  const plotlys = points();
  if (!drawPassingLine(plot, Float64Array.from(plot.data[0].y))) throw new Error("it was not drawn");
  return [plotlys, points()];
};

/** Of every layer the share of the pixels that are drawn, and how many of their colours are not Plotly's. */
window.compareCells = async (source, colors) => {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { drawCells, shadesOf } = await import(address);
  const pixels = (drawn, { width, height }) => {
    const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
    context.drawImage(drawn, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };
  const found = [];
  for (const chart of document.querySelectorAll(".matrix .chart")) {
    const plot = chart.querySelector(".plot");
    const canvas = chart.querySelector("canvas");
    const { z, x, xgap, ygap, zmax } = plot.data[0];
    const Wb = z.map((row) => [...row.slice(0, -2), row.at(-1)]);
    const widths = [x.at(-3), x.at(-2) - x.at(-3), 1];
    const shape = [Wb.length, Wb[0].length];
    drawCells(
      canvas,
      { Wb: Float64Array.from(Wb.flat()), shape, limit: zmax, widths, gaps: [xgap, ygap] },
      shadesOf(colors),
    );
    const image = new Image();
    image.src = plot.querySelector(".heatmaplayer image").getAttribute("href");
    await image.decode();
    const [own, plotlys] = [pixels(canvas, canvas), pixels(image, canvas)];
    const isDifferent = (value, i) => Math.abs(value - plotlys[i]) > 2;
    found.push([own.filter((value) => value).length / own.length, own.filter(isDifferent).length]);
  }
  return found;
};
