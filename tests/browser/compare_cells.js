// Draws every layer's cells as while it trains, and compares their pixels with the picture that Plotly has drawn of them.
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
