/**
 * `deno task test [--all] [arguments of deno test]`: runs all tests and all examples in the documentation, with one
 * parallel worker per core.
 *
 * `--all` includes the long tests (tests/long.ts). Other arguments are passed to `deno test` and replace the default of
 * all files, for instance `deno task test tests/data --filter png`. Types are checked by `deno task check`.
 *
 * @module
 */

/** Tests that change environment variables, which all files of a process share, so they run separately. */
const ALONE = "tests/engine/install";

const given = Deno.args.filter((arg) => arg !== "--all");
const env = { NBN_TEST_ALL: given.length < Deno.args.length ? "1" : "0" };
const runs = given.length > 0 ? [given] : [["--parallel", `--ignore=${ALONE}`, "."], [ALONE]];

let failed = false;
for (const args of runs) {
  const { success, signal } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "-A", "--quiet", "--no-check", ...args],
    env,
  }).spawn().status;
  // A killed process prints no summary.
  if (signal) console.log(`FAILED | 0 passed | 1 failed (the tests ended with ${signal})`);
  failed ||= !success;
}
Deno.exit(failed ? 1 : 0);
