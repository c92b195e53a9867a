// The tip of the drawing lies inside what is seen of it, and not over what it is about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOfTip } from "../../playground/components/network/tip_place.js";

const px = (text) => Number.parseFloat(text);

/** Two columns of units, as far apart as in a drawing of one hidden layer. */
const COLUMNS = [100, 450, 800].flatMap((x) => [40, 90, 140, 190, 240].map((y) => ({ x, y, width: 80, height: 36 })));
const WIDE = { clientWidth: 1000, clientHeight: 300, scrollLeft: 0 };

test("beside a unit it stands between two columns, and covers no unit at all", () => {
  for (const unit of COLUMNS) {
    for (const x of [unit.x, unit.x + unit.width]) {
      const { left, right, maxWidth } = placeOfTip([x, unit.y + 10], WIDE, unit, COLUMNS);
      const [from, to] =
        left === "auto" ? [1000 - px(right) - px(maxWidth), 1000 - px(right)] : [px(left), px(left) + px(maxWidth)];
      assert.ok(from >= 0 && to <= 1000 && to - from >= 80);
      for (const other of COLUMNS) assert.ok(to < other.x || from > other.x + other.width);
    }
  }
});

test("where columns are close it stands at the other end of the drawing", () => {
  const close = [100, 230, 360, 490, 620, 750, 880].flatMap((x) =>
    [70, 110, 150, 190].map((y) => ({ x, y, width: 80, height: 30 })),
  );
  for (const unit of close) {
    const { top, bottom, maxWidth } = placeOfTip([unit.x + 5, unit.y + 15], WIDE, unit, close);
    assert.deepEqual([top, bottom], unit.y + 15 > 150 ? ["4px", "auto"] : ["auto", "4px"]);
    assert.equal(maxWidth, "");
  }
});

test("of a line it stands above or below the pointer, so that the lines beside it are seen", () => {
  for (const y of [20, 149, 151, 290]) {
    const { left, right, top, bottom } = placeOfTip([300, y], WIDE, undefined, COLUMNS);
    assert.ok(px(left) > 300 && right === "auto");
    if (y < 150) assert.ok(px(top) >= y + 20 && bottom === "auto");
    else assert.ok(300 - px(bottom) <= y - 20 && top === "auto");
  }
});

test("on a phone it stands below or above the pointer, as wide as what is seen, however far that is scrolled", () => {
  const canvas = { clientWidth: 324, clientHeight: 320, scrollLeft: 260 };
  for (const y of [20, 300]) {
    const { left, right, top, bottom, maxWidth } = placeOfTip([300, y], canvas, undefined, []);
    assert.deepEqual([left, right, maxWidth], ["264px", "auto", "316px"]);
    if (y < 160) assert.ok(px(top) > y + 9);
    else assert.ok(320 - px(bottom) < y - 9);
  }
});
