// What the charts compute before they are drawn: colours, heatmaps, tiles, scales, turns, and the names of pictures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shadeOf, shadesOf } from "../../playground/components/board/cell_canvas.js";
import { accuracyOf } from "../../playground/components/board/confusion_tables.js";
import { fileName } from "../../playground/components/board/pictures.js";
import { shadeInWords } from "../../playground/components/board/plane_map.js";
import { roundFor, scalesOf } from "../../playground/components/board/point_editor.js";
import { heatmapOf, inputAt } from "../../playground/components/board/weight_maps.js";
import { TileLayout } from "../../playground/components/maps/tiles.js";
import { isDark } from "../../playground/components/shared/colors.js";
import { mostOverdue } from "../../playground/components/shared/secondary_charts.js";

test("white letters are read better on dark colours", () => {
  for (const color of ["#000000", "#0b63a5", "#b2182b"]) assert.ok(isDark(color), color);
  for (const color of ["#ffffff", "#f4a582", "#56b4e9"]) assert.ok(!isDark(color), color);
});

test("a heatmap has a gap before b", () => {
  const parameters = Float64Array.of(1, 2, 3, 4, 5, 6, 7);
  const shapes = [
    [2, 2],
    [1, 3],
  ];
  assert.deepEqual(heatmapOf(0, parameters, shapes), [
    [1, null, 2],
    [3, null, 4],
  ]);
  assert.deepEqual(heatmapOf(1, parameters, shapes), [[5, 6, null, 7]]);
});

test("a shade of a weight lies between the colours around it, and there is none for what is no number", () => {
  const shades = shadesOf(["#000000", "#ffffff", "#ff0000"]);
  const rgba = (/** @type {number} */ pixel) => [0, 8, 16, 24].map((bits) => (pixel >>> bits) & 255);
  assert.deepEqual(rgba(shadeOf(-3, 2, shades)), [0, 0, 0, 255]);
  assert.deepEqual(rgba(shadeOf(2, 2, shades)), [255, 0, 0, 255]);
  const [red, green, blue] = rgba(shadeOf(-1, 2, shades));
  assert.ok(red === green && green === blue && Math.abs(red - 127.5) < 1);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) assert.equal(shadeOf(value, 2, shades), 0);
});

test("a click on a heatmap is on a weight, in the gap, or on b", () => {
  assert.deepEqual(
    [0, 1, 2, 3].map((column) => inputAt(column, [1, 3])),
    [0, 1, null, 2],
  );
});

test("accuracy is the share on the diagonal", () => {
  assert.equal(accuracyOf(Float64Array.of(3, 1, 0, 4), 2), "87.5 %");
  assert.equal(accuracyOf(Float64Array.of(1, 0, 0, 0, 1, 0, 1, 0, 1), 3), "75.0 %");
  assert.equal(accuracyOf(Float64Array.of(0, 0, 0, 0), 2), "–");
});

test("a shade is a class and its probability", () => {
  assert.equal(shadeInWords(0, ["class 0", "b", "class 2"]), "class 0, 33.3 %");
  assert.equal(shadeInWords(1.5, ["class 0", "b", "class 2"]), "b, 66.7 %");
  assert.equal(shadeInWords(3, ["class 0", "b", "class 2"]), "class 2, 100.0 %"); // the end of the last class's colours
});

test("tiles stand side by side, with a gap and a row for names", () => {
  const tiles = new TileLayout({ units: 3, cells: 2 }, 200);
  assert.deepEqual([tiles.columns, tiles.across, tiles.down], [2, 7, 17]);
  assert.deepEqual(tiles.placeOf(2), { top: 10, left: 0 });
  const z = tiles.fill((unit, row, column) => 100 * unit + 10 * row + column);
  assert.deepEqual(z[5], [10, 11, null, null, null, 110, 111]); // the plane's upper row stands above
  assert.deepEqual(z[6], [0, 1, null, null, null, 100, 101]);
  assert.deepEqual(z[16], [200, 201, null, null, null, null, null]);
});

test("pixels of a chart become values, and values pixels", () => {
  const margin = { l: 50, r: 10, t: 10, b: 40 };
  const layout = { margin, width: 460, height: 250, xaxis: { range: [0, 4] }, yaxis: { range: [-1, 1] } };
  const { value, pixel, holds } = scalesOf(layout);
  assert.deepEqual(value([50, 210]), [0, -1]);
  assert.deepEqual(value([250, 110]), [2, 0]);
  assert.deepEqual(pixel([2, 0]), [250, 110]);
  assert.ok(holds([450, 10]));
  assert.ok(!holds([451, 10]));
});

test("a value has as many decimals as a hand can aim at", () => {
  assert.equal(roundFor(1.23456, 4), 1.23);
  assert.equal(roundFor(1.23456, 0.4), 1.235);
  assert.equal(roundFor(123.456, 400), 123);
});

test("the most overdue chart is drawn next, and none before its time", () => {
  const charts = [
    { intervalMs: 50, drawnAt: 960 },
    { intervalMs: 95, drawnAt: 900 },
  ];
  assert.equal(mostOverdue(charts, 1000), charts[1]);
  assert.equal(mostOverdue(charts, 990), null);
  assert.equal(mostOverdue([], 990), null); // where charts cannot come
});

test("a picture is named by its title", () => {
  assert.equal(fileName("Fit at epoch 1,200"), "fit-at-epoch-1-200");
  assert.equal(fileName("[W | b] of layer 1"), "w-b-of-layer-1");
});
