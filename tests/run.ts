/**
 * `deno task test [--all|--plugin] [arguments of deno test]`: runs all tests and all examples in the documentation, with
 * one parallel worker per core.
 *
 * `--all` includes the long tests (tests/long.ts). `--plugin` runs the tests of operations, losses, networks and trainings
 * on XLA's CPU plugin, as accelerators run them, and no others. Other arguments are passed to `deno test` and replace the
 * default of all files, for instance `deno task test tests/data --filter png`. Types are checked by `deno task check`.
 *
 * @module
 */

/** Tests that change environment variables, which all files of a process share, so they run separately. */
const ALONE = "tests/engine/install";

/** Folders with tests that `--plugin` runs. */
const ON_PLUGIN = ["engine", "losses", "nn", "loop", "optim", "post_hoc", "recipes"]
  .map((room) => `tests/${room}`);

const given = Deno.args.filter((arg) => arg !== "--all" && arg !== "--plugin");
const isOnPlugin = Deno.args.includes("--plugin");
const env = {
  NBN_TEST_ALL: Deno.args.includes("--all") ? "1" : "0",
  NBN_TEST_PLUGIN: isOnPlugin ? "1" : "0",
};
const all = isOnPlugin
  ? [["--parallel", "--filter=[plugin]", ...ON_PLUGIN]]
  : [["--parallel", `--ignore=${ALONE}`, "."], [ALONE]];
const runs = given.length > 0 ? [given] : all;

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
