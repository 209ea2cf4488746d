// Prints the last summary line of a test run as `123 passed, 0 failed, 4 skipped`; code 1 if there
// is none, because the tests never ran, or if it tells of failures.
import { readFileSync } from "node:fs";

const SUMMARY =
  /^(?:ok|FAILED) \| (\d+) passed(?: \(.*?\))? \| (\d+) failed(?: \(.*?\))?(?: \| (\d+) ignored)?/gm;

// deno-lint-ignore no-control-regex
const output = readFileSync(process.argv[2], "utf8").replaceAll(/\x1b\[[0-9;]*m/g, "");
const summary = [...output.matchAll(SUMMARY)].at(-1);
const [passed, failed, skipped] = summary ? summary.slice(1).map(Number) : [0, 1, NaN];
if (!summary) console.log("The tests did not run to their end.");
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(failed > 0 ? 1 : 0);
