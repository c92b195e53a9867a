// Reads what `pack` in payload.py writes: a header in JSON, and the numbers as they lie in memory.

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {any} the header, with a Float64Array or Float32Array per name under `arrays`
 */
export function unpack(bytes) {
  const start = bytes.byteOffset + 4;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes.buffer, start, length)));
  const numbers = bytes.buffer.slice(start + length, bytes.byteOffset + bytes.byteLength);
  let offset = 0;
  for (const [name, shape] of Object.entries(header.arrays)) {
    const Kind = header.float32.includes(name) ? Float32Array : Float64Array;
    const size = shape.reduce((/** @type {number} */ a, /** @type {number} */ b) => a * b, 1);
    header.arrays[name] = new Kind(numbers, offset, size);
    offset += size * Kind.BYTES_PER_ELEMENT;
  }
  return header;
}
