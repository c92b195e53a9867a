// Curves that are given as points.

/** The value of a curve at a place, on the straight line between its points, and at its ends beyond. @param {number[]} xs @param {number[]} ys @param {number} x */
export function along(xs, ys, x) {
  const after = xs.findIndex((each) => each >= x);
  if (after <= 0) return ys[after === 0 ? 0 : ys.length - 1];
  const share = (x - xs[after - 1]) / (xs[after] - xs[after - 1]);
  return ys[after - 1] + share * (ys[after] - ys[after - 1]);
}
