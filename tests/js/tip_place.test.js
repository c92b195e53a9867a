// The tip of the drawing lies inside what is seen of it, and not over what it is about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOfTip } from "../../playground/components/network/tip_place.js";

const px = (text) => Number.parseFloat(text);

test("on a wide drawing it stands beside the pointer, on the side and at the height that have room", () => {
  const canvas = { clientWidth: 1000, clientHeight: 300, scrollLeft: 0 };
  for (const x of [0, 499, 501, 1000]) {
    for (const y of [0, 149, 151, 300]) {
      const { left, right, top, bottom } = placeOfTip([x, y], canvas);
      if (x < 500) assert.ok(px(left) > x && right === "auto");
      else assert.ok(1000 - px(right) < x && left === "auto");
      if (y < 150) assert.ok(px(top) < y && bottom === "auto");
      else assert.ok(300 - px(bottom) > y && top === "auto");
    }
  }
});

test("on a phone it stands below or above the pointer, as wide as what is seen, however far that is scrolled", () => {
  const canvas = { clientWidth: 324, clientHeight: 320, scrollLeft: 260 };
  for (const y of [20, 300]) {
    const { left, right, top, bottom, maxWidth } = placeOfTip([300, y], canvas);
    assert.deepEqual([left, right, maxWidth], ["264px", "auto", "316px"]);
    if (y < 160) assert.ok(px(top) > y + 9);
    else assert.ok(320 - px(bottom) < y - 9);
  }
});
