// The layout of a fit whose axes take 400 by 200 pixels, so that a place on it is easily reckoned.

export const LAYOUT = {
  width: 440,
  height: 240,
  margin: { l: 30, r: 10, t: 10, b: 30 },
  xaxis: { range: [-5, 5] },
  yaxis: { range: [0, 2] },
};
