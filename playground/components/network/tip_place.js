// Where what is said of the part under the pointer stands: inside the drawing, and not over that part.

const NARROW_PX = 480; // a drawing in which there is no room beside the pointer: below it or above it

/**
 * The styles of the tip.
 *
 * @param {[number, number]} at  the pointer's place in the whole drawing
 * @param {{clientWidth: number, clientHeight: number, scrollLeft: number}} canvas  what is seen of the drawing
 */
export function placeOfTip([x, y], { clientWidth, clientHeight, scrollLeft }) {
  const isNarrow = clientWidth < NARROW_PX;
  const isRight = x - scrollLeft > clientWidth / 2;
  const isLow = y > clientHeight / 2;
  const apart = isNarrow ? 20 : -12;
  return {
    left: isNarrow ? `${scrollLeft + 4}px` : isRight ? "auto" : `${x + 14}px`,
    right: isNarrow || !isRight ? "auto" : `${clientWidth - x + 14}px`,
    top: isLow ? "auto" : `${y + apart}px`,
    bottom: isLow ? `${clientHeight - y + apart}px` : "auto",
    maxWidth: isNarrow ? `${clientWidth - 8}px` : "",
  };
}
