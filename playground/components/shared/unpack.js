// Reads what `pack` in payload.py writes: a header in JSON, and the numbers as they lie in memory.

const KINDS = {
  float64: Float64Array,
  float32: Float32Array,
  float16: Uint16Array, // its bits: not every browser has a Float16Array
  uint16: Uint16Array,
  uint8: Uint8Array,
};

/** @typedef {[kind: keyof typeof KINDS, shape: number[], low?: number, size?: number]} Described  an array, in the header */

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {any} the header, with a typed array per name under `arrays`
 */
export function unpack(bytes) {
  const start = bytes.byteOffset + 4;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes.buffer, start, length)));
  const numbers = bytes.buffer.slice(start + length, bytes.byteOffset + bytes.byteLength);
  let offset = 0;
  /** @type {[string, Described][]} */
  const described = Object.entries(header.arrays);
  for (const [name, [kind, shape, low, size]] of described) {
    const array = new KINDS[kind](
      numbers,
      offset,
      shape.reduce((a, b) => a * b, 1),
    );
    header.arrays[name] = low === undefined || size === undefined ? array : fromSteps(array, low, size);
    if (kind === "float16") header.arrays[name] = Float32Array.from(array, fromHalf);
    offset += array.byteLength;
  }
  return header;
}

/** The number of which these are the bits in half precision: a sign, five of the exponent, ten of the fraction. @param {number} bits */
export function fromHalf(bits) {
  const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent ? (1024 + fraction) * 2 ** (exponent - 25) : fraction * 2 ** -24);
}

/**
 * Numbers of whole steps, nan for the largest code: `Steps` in precision.py.
 *
 * @param {import("./rows.js").Numbers} codes
 * @param {number} low
 * @param {number} size
 */
function fromSteps(codes, low, size) {
  const hole = 256 ** codes.BYTES_PER_ELEMENT - 1;
  return Float64Array.from(codes, (code) => (code === hole ? Number.NaN : low + size * code));
}
