// Sums the summary lines of all test runs in a log and prints one, `123 passed, 0 failed, 4 skipped`. Exits with code 1
// if tests failed, or if there is no summary because the tests did not run.
import { readFileSync } from "node:fs";

const SUMMARY =
  /^(?:ok|FAILED) \| (\d+) passed(?: \(.*?\))? \| (\d+) failed(?: \(.*?\))?(?: \| (\d+) ignored)?/gm;

// deno-lint-ignore no-control-regex
const output = readFileSync(process.argv[2], "utf8").replaceAll(/\x1b\[[0-9;]*m/g, "");
const runs = [...output.matchAll(SUMMARY)].map(([, ...counts]) =>
  counts.map((n) => Number(n ?? 0))
);
const [passed, failed, skipped] = [0, 1, 2].map((i) => runs.reduce((sum, run) => sum + run[i], 0));
if (runs.length === 0) console.log("The tests did not run to their end.");
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 || runs.length === 0 ? 1 : 0);
