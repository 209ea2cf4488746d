/**
 * Long tests, which only `deno task test --all` runs.
 *
 * @module
 */

/** Whether long tests run, set by tests/run.ts through an environment variable. */
export const ALL = Deno.env.get("NBN_TEST_ALL") === "1";

/**
 * Registers a test that only `deno task test --all` runs; otherwise it is skipped, as its name then says.
 *
 * @param name Name of the test.
 * @param fn The test.
 */
export function longTest(
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  Deno.test({
    name: ALL ? `${name} (long)` : `${name} (long: deno task test --all runs it)`,
    ignore: !ALL,
    fn,
  });
}
