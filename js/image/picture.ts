// A grey picture as numbers, 0 black to 255 white: how it travels, and how colours become grey.

/** Rows of numbers in one typed array, row by row. */
export interface Plane {
  readonly height: number;
  readonly width: number;
  readonly values: Float64Array;
}

/** A picture as the model holds it: its sides, and its bytes in base64. */
export interface Packed {
  readonly height: number;
  readonly width: number;
  readonly grey: string;
}

/** The longest side of an uploaded picture, once scaled. */
export const LONGEST = 240;

/** How many characters of bytes go to `String.fromCharCode` at a time: a call takes only so many arguments. */
const CHUNK = 0x2000;

export function unpack({ height, width, grey }: Packed): Plane {
  const bytes = atob(grey);
  return { height, width, values: Float64Array.from({ length: height * width }, (_, index) => bytes.charCodeAt(index)) };
}

export function pack({ height, width, values }: Plane): Packed {
  let bytes = "";
  for (let at = 0; at < values.length; at += CHUNK) bytes += String.fromCharCode(...values.subarray(at, at + CHUNK));
  return { height, width, grey: btoa(bytes) };
}

/** Pixels of a canvas (four bytes each) as grey: 0.299 R + 0.587 G + 0.114 B, rounded, as in Python. */
export function greyOf(rgba: Uint8ClampedArray, height: number, width: number): Plane {
  const values = new Float64Array(height * width);
  for (let index = 0, at = 0; index < values.length; index++, at += 4) {
    values[index] = Math.round(0.299 * rgba[at]! + 0.587 * rgba[at + 1]! + 0.114 * rgba[at + 2]!);
  }
  return { height, width, values };
}

/** The sides (height, width) of a picture scaled down so that neither is longer than `longest`; never scaled up. */
export function fitted(height: number, width: number, longest = LONGEST): readonly [number, number] {
  const share = Math.min(1, longest / Math.max(height, width));
  return [Math.max(1, Math.round(height * share)), Math.max(1, Math.round(width * share))];
}

/** A short name for the contents, so that predictions about one picture are not taken for another's. */
export function nameOf(picture: string | Packed): string {
  if (typeof picture === "string") return picture;
  let hash = 7;
  for (let index = 0; index < picture.grey.length; index++) hash = (Math.imul(hash, 31) + picture.grey.charCodeAt(index)) | 0;
  return `${picture.height}×${picture.width} ${hash}`;
}
