/**
 * Number of threads that this process may compute with.
 *
 * @module
 */

/** Variables by which TensorFlow limits the threads within operations, and between them. */
export const THREAD_LIMITS = ["TF_NUM_INTRAOP_THREADS", "TF_NUM_INTEROP_THREADS"] as const;

/**
 * Returns the number of processors that this process may use, or the limit that TensorFlow's variable
 * `TF_NUM_INTRAOP_THREADS` sets, if that is lower.
 *
 * @param variable Value of the variable.
 * @returns Number of threads, at least 1.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(threads("1"), 1);
 * assertEquals(threads(""), navigator.hardwareConcurrency);
 * ```
 */
export function threads(variable: string | undefined = Deno.env.get(THREAD_LIMITS[0])): number {
  const limit = Number(variable);
  return limit >= 1
    ? Math.min(Math.floor(limit), navigator.hardwareConcurrency)
    : navigator.hardwareConcurrency;
}
