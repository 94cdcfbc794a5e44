// Weights as they travel: half-precision floats or plain ones, as bytes.

/** Halves (IEEE 754 binary16, little-endian) in base64 as float32. */
export function halves(base64: string): Float32Array {
  const bytes = atob(base64);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, index) => half(bytes.charCodeAt(2 * index) | (bytes.charCodeAt(2 * index + 1) << 8)));
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** Float32 numbers in the bytes of a view, which may start anywhere. */
export function floats({ buffer, byteOffset, byteLength }: ArrayBufferView): Float32Array {
  return new Float32Array(buffer.slice(byteOffset, byteOffset + (byteLength & ~3)) as ArrayBuffer);
}
