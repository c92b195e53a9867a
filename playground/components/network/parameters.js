// The weights and biases of a network: where each stands among all parameters, and what it is called.

/**
 * @typedef {import("../contract.js").Selection} Selection
 * @typedef {import("../view_contract.js").DiagramPayload} DiagramPayload
 */

/** "W1[3, 0]", or "b1[3]" for the bias, which is the last input. @param {Selection} selection @param {number} columns */
export function nameOf([layer, unit, input], columns) {
  return input === columns - 1 ? `b${layer}[${unit}]` : `W${layer}[${unit}, ${input}]`;
}

/** The place among all parameters. @param {Selection} selection @param {DiagramPayload["shapes"]} shapes */
export function placeOf([layer, unit, input], shapes) {
  const start = shapes.slice(0, layer - 1).reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  return start + unit * shapes[layer - 1][1] + input;
}

/** What a parameter connects, in words. @param {Selection} selection @param {DiagramPayload} diagram */
export function roleOf([layer, unit, input], { shapes, columns, inputs }) {
  const end = layer === columns.length - 1 ? "the output" : `unit ${unit} of layer ${layer}`;
  if (input === shapes[layer - 1][1] - 1) return `the bias of ${end}`;
  const start = layer === 1 ? inputs[input] : `unit ${input} of layer ${layer - 1}`;
  return `from ${start} to ${end}`;
}
