/**
 * Whether what a process holds grows with the steps.
 *
 * @module
 */
import type { Sample } from "./samples.ts";

/** Relative growth of memory from the second to the last quarter that is not noise of garbage collection. */
const NOISE = 0.1;

/**
 * Compares the last quarter of a training with the second; in the first, caches fill.
 *
 * @param samples Samples in the order of their steps.
 * @returns One line for everything that has grown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const flat = { memory: 400, heap: 50, files: 20, threads: 9, pool: 4, tensors: 100 };
 * const samples = Array.from({ length: 8 }, (_, step) => ({ step, ...flat }));
 * assertEquals(growth(samples), []);
 * const more = samples.map((sample, i) => ({ ...sample, files: 20 + i }));
 * assertEquals(growth(more), ["files grew from 23 to 27"]);
 * ```
 */
export function growth(samples: readonly Sample[]): string[] {
  const quarter = Math.floor(samples.length / 4);
  const early = samples.slice(quarter, 2 * quarter), late = samples.slice(-quarter);
  const lines: string[] = [];
  for (const name of ["memory", "heap"] as const) {
    const [before, after] = [early, late].map((part) => median(part.map((one) => one[name])));
    if (after > before * (1 + NOISE)) lines.push(`${name} grew from ${before} to ${after} MB`);
  }
  for (const name of ["files", "threads", "tensors"] as const) {
    const [before, after] = [early, late].map((part) => Math.max(...part.map((one) => one[name])));
    if (after > before) lines.push(`${name} grew from ${before} to ${after}`);
  }
  return lines;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}
