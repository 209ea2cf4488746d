/**
 * The same for several runs.
 *
 * @module
 */

/**
 * Does the same with each run, one after the other, for figures and tables that take what they compare by its name.
 *
 * @param runs Runs, analyses or whatever else, by name.
 * @param fn What is done with one.
 * @returns What was returned for each, by the same names in the same order; `undefined` is left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
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
