// How many weights each kind of layer has, exactly; what a learner typed; and known slips in counting.

export type Kind = "dense" | "dense2d" | "local" | "shared";
export const KINDS: readonly Kind[] = ["dense", "dense2d", "local", "shared"];

export interface Numbers {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly hidden: number;
  readonly delta: number;
}

/** Weights without biases. All but the dense layer to `hidden` units are counted for one channel. */
export function countOf(kind: Kind, { height, width, channels, hidden, delta }: Numbers): bigint {
  const places = BigInt(height) * BigInt(width);
  const window = (2n * BigInt(delta) + 1n) ** 2n;
  switch (kind) {
    case "dense":
      return places * BigInt(channels) * BigInt(hidden);
    case "dense2d":
      return places * places;
    case "local":
      return places * window;
    case "shared":
      return window;
  }
}

/** The entries of V (h, w, 2h−1, 2w−1), the weights of W by offset: most of them are zeros outside of the image. */
export function entriesOfV({ height, width }: Numbers): bigint {
  const [h, w] = [BigInt(height), BigInt(width)];
  return h * w * (2n * h - 1n) * (2n * w - 1n);
}

export const FORMULAS: Readonly<Record<Kind, string>> = {
  dense: "h · w · c · hidden",
  dense2d: "h · w · h · w",
  local: "h · w · (2Δ + 1)²",
  shared: "(2Δ + 1)²",
};

/** The formula with the numbers put in. */
export function workedOf(kind: Kind, { height, width, channels, hidden, delta }: Numbers): string {
  const side = 2 * delta + 1;
  switch (kind) {
    case "dense":
      return `${height} · ${width} · ${channels} · ${hidden}`;
    case "dense2d":
      return `${height} · ${width} · ${height} · ${width}`;
    case "local":
      return `${height} · ${width} · ${side}²`;
    case "shared":
      return `${side}²`;
  }
}

const SIZES: Readonly<Record<string, bigint>> = { thousand: 1_000n, million: 1_000_000n, billion: 1_000_000_000n, trillion: 1_000_000_000_000n };

/** "3 000 000 000", "3,000,000", "3e9", "3 billion", "1000·1000·3": the count, exactly; null where it is none. */
export function parseCount(text: string): bigint | null {
  const factors = text.trim().toLowerCase().split(/\s*[·×x*]\s*/);
  let total = 1n;
  for (const factor of factors) {
    const value = parseFactor(factor);
    if (value === null || factors.length > 8) return null;
    total *= value;
  }
  return total;
}

function parseFactor(text: string): bigint | null {
  const match = /^(\d[\d\s_'’,\u202f\u00a0]*)(\.\d+)?(?:e\+?(\d{1,2})|\s*(thousand|million|billion|trillion))?$/.exec(text);
  if (!match) return null;
  const plain = match[1]!.replace(/[\s_'’\u202f\u00a0]/g, "");
  // A comma stands between groups of three.
  if (plain.length > 40 || (plain.includes(",") && !/^\d{1,3}(,\d{3})+$/.test(plain))) return null;
  const decimals = (match[2] ?? ".").slice(1);
  const scale = match[3] !== undefined ? 10n ** BigInt(match[3]) : (SIZES[match[4] ?? ""] ?? 1n);
  const scaled = BigInt(plain.replaceAll(",", "") + decimals) * scale;
  const down = 10n ** BigInt(decimals.length);
  return scaled % down === 0n ? scaled / down : null;
}

/** What a slip gives, and what to say of it. */
type Slip = readonly [bigint, string];

/** Why a wrong count came about, where it is exactly what one known slip gives, or either of two; else empty. */
export function slipOf(guess: bigint, kind: Kind, numbers: Numbers): string {
  const right = countOf(kind, numbers);
  const reasons = new Set(slips(kind, numbers).flatMap(([value, reason]) => (value === guess && value !== right ? [reason] : [])));
  return reasons.size > 2 ? "" : [...reasons].join(" Or: ");
}

function slips(kind: Kind, numbers: Numbers): Slip[] {
  const [h, w] = [BigInt(numbers.height), BigInt(numbers.width)];
  const [c, units, delta] = [BigInt(numbers.channels), BigInt(numbers.hidden), BigInt(numbers.delta)];
  const places = h * w;
  const window = (2n * delta + 1n) ** 2n;
  const fourDelta = "That takes 4Δ² for (2Δ + 1)²: the middle row and column are missing.";
  const bytes = "Those are bytes: a float32 takes four of them.";
  switch (kind) {
    case "dense":
      return [
        [places * units, "The channels are missing: every pixel has c values, and each of them a weight."],
        [places * c, "The hidden units are missing: each of them has a weight for every value."],
        [places, "Channels and hidden units are missing: that is the number of pixels."],
        [places * c * units + units, "That counts the biases too; here are weights alone."],
        [(h + w) * c * units, "Height and width are multiplied: there are h · w pixels."],
        [4n * places * c * units, bytes],
      ];
    case "dense2d":
      return [
        [places, "That is one weight a pixel: each of the h · w hidden units has one for each of the h · w pixels."],
        [2n * places, "Every hidden unit has a weight for every pixel: multiply, h · w times h · w."],
        [entriesOfV(numbers), "Those are the entries of V, most of them zeros outside of the image."],
        [places * places + places, "That counts the biases U too; here are weights alone."],
        [places * units, "The hidden layer is as large as the image here: h · w units."],
        [4n * places * places, bytes],
      ];
    case "local":
      return [
        [places * 4n * delta * delta, fourDelta],
        [window, "That is one unit's window: here each of the h · w units has weights of its own."],
        [places * (2n * delta + 1n), "The window has 2Δ + 1 rows and as many columns: the square is missing."],
        [places * delta * delta, "Δ is how far the window reaches to each side: it has 2Δ + 1 rows, not Δ."],
        [places * (delta + 1n) ** 2n, "Δ is how far the window reaches to each side, so 2Δ + 1 rows."],
        [places * places, "That is the dense layer: here a unit sees its window alone."],
        [4n * places * window, bytes],
      ];
    case "shared":
      return [
        [4n * delta * delta, fourDelta],
        [places * window, "That is without sharing: all units have the same weights here, so they count once."],
        [2n * delta + 1n, "The window has 2Δ + 1 rows and as many columns: the square is missing."],
        [delta * delta, "Δ is how far the window reaches to each side: it has 2Δ + 1 rows, not Δ."],
        [(delta + 1n) ** 2n, "Δ is how far the window reaches to each side, so 2Δ + 1 rows."],
        [4n * window, bytes],
      ];
  }
}
