/**
 * Mapping over named runs.
 *
 * @module
 */

/**
 * Applies a function to each run in sequence, for figures and tables that take values keyed by run name.
 *
 * @param runs Runs, analyses or any other values, keyed by name.
 * @param fn Function to apply.
 * @returns The results under the same names in the same order, without those that are `undefined`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { byRun } from "@nbn/toolkit/notebooks";
 *
 * const accuracies = { ce: { tail: 4 }, nbn: { tail: 17 }, untested: {} as { tail?: number } };
 * assertEquals(await byRun(accuracies, ({ tail }) => tail), { ce: 4, nbn: 17 });
 * ```
 */
export async function byRun<Run, Value>(
  runs: Readonly<Record<string, Run>>,
  fn: (run: Run, name: string) => Value | undefined | Promise<Value | undefined>,
): Promise<Record<string, Value>> {
  const found: Record<string, Value> = {};
  for (const [name, run] of Object.entries(runs)) {
    const value = await fn(run, name);
    if (value !== undefined) found[name] = value;
  }
  return found;
}
