// The frames of an answer: what of its arrays belongs to each.

// Some frames come without parameters or a map; the last of an answer has all.
function frameOf({ arrays, shapes, weighed, pictured, curved, test_losses, objectives, plane }, i) {
  const size = shapes.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
  const place = weighed.indexOf(i);
  const output = part(arrays.outputs, pictured.indexOf(i), pictured.length);
  return {
    epoch: arrays.epochs[i],
    loss: arrays.losses[i],
    test_loss: test_losses[i],
    objective: objectives?.[i] ?? null,
    change: arrays.changes[i],
    gradient_norm: arrays.gradient_norms[i],
    output: plane ? null : output,
    shades: plane ? output : null,
    confusion: part(arrays.confusions, pictured.indexOf(i), pictured.length),
    parameters: place < 0 ? null : arrays.parameters.subarray(place * size, (place + 1) * size),
    curves: curvesOf(arrays, curved.indexOf(i), curved.length),
  };
}

// What the units contribute, while somebody looks: their curves, weighted or not, and the largest first.
function curvesOf(arrays, place, count) {
  if (place < 0) return null;
  return {
    hidden: part(arrays.hidden, place, count),
    weighted: part(arrays.weighted, place, count),
    order: part(arrays.order, place, count),
    bias: arrays.biases?.[place],
  };
}

// The share of an array of `count` equal ones that stands at a place; null where there is none.
function part(array, place, count) {
  if (!array || place < 0) return null;
  return array.subarray((place * array.length) / count, ((place + 1) * array.length) / count);
}

function framesOf(state) {
  return Array.from(state.arrays.epochs, (_, i) => frameOf(state, i));
}
