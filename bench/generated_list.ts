/**
 * Synthetic lists of images of the size of public long-tailed data sets.
 *
 * @module
 */
import { bits } from "../lib/core/rng.ts";

/** Size of a list. */
export interface GeneratedListOptions {
  /** Number of images. */
  readonly images: number;
  /** Number of classes. */
  readonly classes: number;
  /** Images of the largest class. */
  readonly largest: number;
  /** Images of the smallest class. */
  readonly smallest: number;
}

/** Size of iNaturalist 2018. */
export const INATURALIST: GeneratedListOptions = {
  images: 435_712,
  classes: 8142,
  largest: 1000,
  smallest: 2,
};

/** Number of lines written at once. */
const CHUNK = 10_000;
/** Steps of the bisection, enough for the precision of a double. */
const BISECTIONS = 60;

/**
 * Computes class counts that decrease from `largest` to `smallest` by a power law in the class index, and sum to
 * `images`.
 *
 * @param options Size of the list.
 * @returns Images of each class, head first.
 * @throws {RangeError} If no such counts sum to `images`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const counts = generatedCounts({ images: 40, classes: 4, largest: 20, smallest: 2 });
 * assertEquals([counts[0], counts[3], counts.reduce((sum, count) => sum + count)], [20, 2, 40]);
 * ```
 */
export function generatedCounts(
  { images, classes, largest, smallest }: GeneratedListOptions,
): number[] {
  const falling = (power: number) =>
    Array.from(
      { length: classes },
      (_, c) => Math.floor(smallest + (largest - smallest) * (1 - c / (classes - 1)) ** power),
    );
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  let low = 0.01, high = 1000;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    if (sum(falling(middle)) > images) low = middle;
    else high = middle;
  }
  const counts = falling(high);
  const short = images - sum(counts);
  if (short < 0 || short > classes - 2) {
    throw new RangeError(
      `Expected images between ${classes} × ${smallest} and ${classes} × ${largest} but found ${images}`,
    );
  }
  // The remainder of rounding down goes to the classes after the largest.
  for (let c = 1; c <= short; c++) counts[c]++;
  return counts;
}

/**
 * Writes a list of lines `path label` with paths like iNaturalist's, in shuffled order.
 *
 * @param file Path of the list.
 * @param options Size of the list.
 */
export async function writeGeneratedList(
  file: string,
  options: GeneratedListOptions,
): Promise<void> {
  const counts = generatedCounts(options);
  const labels = new Uint16Array(options.images);
  let filled = 0;
  counts.forEach((count, label) => labels.fill(label, filled, filled += count));
  for (let i = labels.length - 1; i > 0; i--) {
    const j = bits(0, i) % (i + 1), kept = labels[i];
    labels[i] = labels[j];
    labels[j] = kept;
  }
  using handle = await Deno.open(file, { write: true, create: true, truncate: true });
  const writer = handle.writable.getWriter();
  for (let begin = 0; begin < labels.length; begin += CHUNK) {
    let text = "";
    for (let i = begin; i < Math.min(begin + CHUNK, labels.length); i++) {
      const name = [0, 1, 2, 3].map((k) => bits(k + 1, i).toString(16).padStart(8, "0")).join("");
      text += `train_val2018/Plantae/${labels[i]}/${name}.jpg ${labels[i]}\n`;
    }
    await writer.write(new TextEncoder().encode(text));
  }
  await writer.close();
}
