/**
 * Resamples part of an image to another size, byte-identical to Pillow.
 *
 * @module
 */

/** A rectangle of pixels. */
export interface Rectangle {
  /** Left edge (column, inclusive). */
  readonly left: number;
  /** Top edge (row, inclusive). */
  readonly top: number;
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
}

/** Input and output of a resampling. */
export interface Resampling {
  /** Pixels of the source image, `[height, width, 3]`. */
  readonly source: Uint8Array;
  /** Width of the source image in pixels. */
  readonly columns: number;
  /** The part of the source that is resampled; pixels outside it have no influence. */
  readonly window: Rectangle;
  /** Width of the resampled window. */
  readonly width: number;
  /** Height of the resampled window. */
  readonly height: number;
  /** The part of the resampled window to compute. */
  readonly part: Rectangle;
  /** Output pixels of the part. */
  readonly out: Uint8Array;
}

/** Fractional bits of the fixed-point filter weights. */
const BITS = 22;
/** One half in fixed point, added before truncation to round to nearest. */
const HALF = 1 << (BITS - 1);
/** Number of filter taps up to which an unrolled loop keeps the weights in registers. */
const FEW = 4;
/** Rows that are resampled horizontally at a time. */
const STRIP = 64;

/** Filter weights of a range of output positions along one axis. */
interface Weights {
  /** First input position that any output uses. */
  readonly begin: number;
  /** Number of input positions from `begin` to the last used one, inclusive. */
  readonly span: number;
  /** First input position of each output, relative to `begin`. */
  readonly firsts: Int32Array;
  /** Number of input positions of each output. */
  readonly counts: Int32Array;
  /** Weights, `[outputs, taps]`, in fixed point. */
  readonly weights: Int32Array;
  /** Maximum number of weights per output. */
  readonly taps: number;
}

/**
 * Resamples RGB images with a triangle filter that widens when shrinking (antialiased bilinear, as Pillow's
 * `BILINEAR`): one axis after the other, rounded to bytes in between, in fixed point with 22 fractional bits, so that
 * every byte equals Pillow 13's. The intermediate buffer is reused for the next image.
 *
 * The order of the axes changes some bytes by one. Pillow up to version 12 always resamples horizontally first; Pillow
 * 13, as here, resamples vertically first where that saves work.
 *
 * @example The mean of two pixels
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const source = Uint8Array.of(0, 0, 0, 100, 100, 100), out = new Uint8Array(3);
 * const window = { left: 0, top: 0, width: 2, height: 1 };
 * const part = { left: 0, top: 0, width: 1, height: 1 };
 * new Resampler().resample({ source, columns: 2, window, width: 1, height: 1, part, out });
 * assertEquals([...out], [50, 50, 50]);
 * ```
 */
export class Resampler {
  #between = new Uint8Array(0);
  #sums = new Int32Array(0);

  /**
   * Resamples part of an image.
   *
   * @param resampling Source, window, sizes and output.
   */
  resample({ source, columns, window, width, height, part, out }: Resampling): void {
    // Only the rows and columns of the source that the part depends on.
    const across = weightsOf(window.width, width, part.left, part.width);
    const down = weightsOf(window.height, height, part.top, part.height);
    const first = 3 * ((window.top + down.begin) * columns + window.left + across.begin);
    const shrinks = window.height - height;
    const downFirst = shrinks > 0 && shrinks > 2 * (window.width - width);
    const length = 3 * (downFirst ? across.span : part.width);
    const rows = downFirst ? part.height : down.span;
    if (this.#between.length < rows * length) this.#between = new Uint8Array(rows * length);
    if (this.#sums.length < length) this.#sums = new Int32Array(length);
    if (downFirst) {
      mixRows(source, first, 3 * columns, length, down, this.#sums, this.#between);
      scaleRows(this.#between, 0, length, rows, across, out);
    } else {
      scaleRows(source, first, 3 * columns, rows, across, this.#between);
      mixRows(this.#between, 0, length, length, down, this.#sums, out);
    }
  }
}

/**
 * Resamples rows horizontally, column by column, so that the weights stay in registers, and in strips of rows that fit
 * into the processor's cache.
 */
function scaleRows(
  source: Uint8Array,
  begin: number,
  stride: number,
  rows: number,
  across: Weights,
  out: Uint8Array,
): void {
  const { firsts, counts } = across;
  const width = firsts.length;
  for (let row = 0; row < rows; row += STRIP) {
    const count = Math.min(STRIP, rows - row);
    for (let x = 0; x < width; x++) {
      const from = begin + row * stride + 3 * firsts[x], to = 3 * (row * width + x);
      const scale = counts[x] <= FEW ? scaleFew : scaleMany;
      scale(source, from, stride, count, across, x, out, to, 3 * width);
    }
  }
}

function scaleFew(
  source: Uint8Array,
  from: number,
  stride: number,
  rows: number,
  { counts, weights, taps }: Weights,
  x: number,
  out: Uint8Array,
  to: number,
  step: number,
): void {
  const count = counts[x], offset = x * taps;
  const a = weights[offset], b = count > 1 ? weights[offset + 1] : 0;
  const c = count > 2 ? weights[offset + 2] : 0, d = count > 3 ? weights[offset + 3] : 0;
  // With fewer taps, the first pixel is read again with weight 0.
  const second = count > 1 ? 3 : 0, third = count > 2 ? 6 : 0, fourth = count > 3 ? 9 : 0;
  for (let y = 0; y < rows; y++) {
    const p = from + second | 0, q = from + third | 0, r = from + fourth | 0;
    // The weights are non-negative and sum to 1, so the result cannot overflow a byte.
    out[to] = (HALF + Math.imul(a, source[from]) + Math.imul(b, source[p]) +
      Math.imul(c, source[q]) + Math.imul(d, source[r])) >> BITS;
    out[to + 1 | 0] = (HALF + Math.imul(a, source[from + 1 | 0]) +
      Math.imul(b, source[p + 1 | 0]) + Math.imul(c, source[q + 1 | 0]) +
      Math.imul(d, source[r + 1 | 0])) >> BITS;
    out[to + 2 | 0] = (HALF + Math.imul(a, source[from + 2 | 0]) +
      Math.imul(b, source[p + 2 | 0]) + Math.imul(c, source[q + 2 | 0]) +
      Math.imul(d, source[r + 2 | 0])) >> BITS;
    from = from + stride | 0;
    to = to + step | 0;
  }
}

function scaleMany(
  source: Uint8Array,
  from: number,
  stride: number,
  rows: number,
  { counts, weights, taps }: Weights,
  x: number,
  out: Uint8Array,
  to: number,
  step: number,
): void {
  const offset = x * taps, end = offset + counts[x];
  for (let y = 0; y < rows; y++) {
    let red = HALF, green = HALF, blue = HALF, p = from;
    for (let k = offset; k < end; k = k + 1 | 0) {
      const weight = weights[k];
      red = red + Math.imul(weight, source[p]) | 0;
      green = green + Math.imul(weight, source[p + 1 | 0]) | 0;
      blue = blue + Math.imul(weight, source[p + 2 | 0]) | 0;
      p = p + 3 | 0;
    }
    out[to] = red >> BITS;
    out[to + 1 | 0] = green >> BITS;
    out[to + 2 | 0] = blue >> BITS;
    from = from + stride | 0;
    to = to + step | 0;
  }
}

/** Resamples vertically, row by row, because pixels of a row are contiguous in memory. */
function mixRows(
  source: Uint8Array,
  begin: number,
  stride: number,
  length: number,
  down: Weights,
  sums: Int32Array,
  out: Uint8Array,
): void {
  for (let y = 0; y < down.firsts.length; y++) {
    const from = begin + down.firsts[y] * stride;
    if (down.counts[y] <= FEW) mixFew(source, from, stride, length, down, y, out);
    else mixMany(source, from, stride, length, down, y, sums, out);
  }
}

function mixFew(
  source: Uint8Array,
  first: number,
  stride: number,
  length: number,
  { counts, weights, taps }: Weights,
  y: number,
  out: Uint8Array,
): void {
  const count = counts[y], offset = y * taps, to = y * length;
  const a = weights[offset], b = count > 1 ? weights[offset + 1] : 0;
  const c = count > 2 ? weights[offset + 2] : 0, d = count > 3 ? weights[offset + 3] : 0;
  const second = count > 1 ? first + stride : first;
  const third = count > 2 ? second + stride : first, fourth = count > 3 ? third + stride : first;
  for (let i = 0; i < length; i = i + 1 | 0) {
    out[to + i | 0] = (HALF + Math.imul(a, source[first + i | 0]) +
      Math.imul(b, source[second + i | 0]) + Math.imul(c, source[third + i | 0]) +
      Math.imul(d, source[fourth + i | 0])) >> BITS;
  }
}

function mixMany(
  source: Uint8Array,
  from: number,
  stride: number,
  length: number,
  { counts, weights, taps }: Weights,
  y: number,
  sums: Int32Array,
  out: Uint8Array,
): void {
  const count = counts[y], offset = y * taps, to = y * length;
  sums.fill(HALF, 0, length);
  for (let k = 0; k < count; k += 2) {
    const a = weights[offset + k], b = k + 1 < count ? weights[offset + k + 1] : 0;
    const first = from + k * stride, second = k + 1 < count ? first + stride : first;
    for (let i = 0; i < length; i = i + 1 | 0) {
      sums[i] = sums[i] + Math.imul(a, source[first + i | 0]) +
          Math.imul(b, source[second + i | 0]) | 0;
    }
  }
  for (let i = 0; i < length; i = i + 1 | 0) out[to + i | 0] = sums[i] >> BITS;
}

/**
 * Computes the weights of outputs `begin` to `begin + count`, exclusive, for resampling from length `from` to length
 * `to`.
 */
function weightsOf(from: number, to: number, begin: number, count: number): Weights {
  const scale = from / to, reach = Math.max(scale, 1);
  const taps = 2 * Math.ceil(reach) + 1;
  const firsts = new Int32Array(count), counts = new Int32Array(count);
  const weights = new Int32Array(count * taps), exact = new Float64Array(taps);
  for (let i = 0; i < count; i++) {
    const centre = (begin + i + 0.5) * scale;
    const first = Math.max(0, Math.trunc(centre - reach + 0.5));
    const end = Math.min(from, Math.trunc(centre + reach + 0.5));
    let sum = 0;
    for (let k = first; k < end; k++) {
      const weight = Math.max(0, 1 - Math.abs((k - centre + 0.5) / reach));
      exact[k - first] = weight;
      sum += weight;
    }
    for (let k = 0; k < end - first; k++) {
      weights[i * taps + k] = Math.trunc(0.5 + exact[k] / sum * (1 << BITS));
    }
    firsts[i] = first;
    counts[i] = end - first;
  }
  const start = firsts[0], span = firsts[count - 1] + counts[count - 1] - start;
  for (let i = 0; i < count; i++) firsts[i] -= start;
  return { begin: start, span, firsts, counts, weights, taps };
}
