/**
 * Tests that take longer than `deno task test` has time for: `deno task test --all` runs them too.
 *
 * @module
 */

/** Whether long tests run: tests/run.ts tells by the environment. */
export const ALL = Deno.env.get("NBN_TEST_ALL") === "1";

/**
 * Registers a test that only `deno task test --all` runs; elsewhere it is skipped, and its name says so.
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
