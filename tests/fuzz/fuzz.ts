/**
 * `deno task fuzz [READER…] [--inputs N] [--seed S] [--first I]`: gives every reader of files mutated files, by
 * default 2,000 each, and prints how many were tried and accepted, the slowest answer and the most memory. It ends with
 * exit code 1 if a reader answers with anything but an error of the toolkit, or hangs.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { fuzzReader } from "./fuzz_reader.ts";
import { READERS } from "./readers.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    inputs: { type: "string", default: "2000" },
    seed: { type: "string", default: "0" },
    first: { type: "string", default: "0" },
  },
});
const [inputs, seed, first] = [values.inputs, values.seed, values.first].map(Number);
const unknown = positionals.find((name) => !Object.hasOwn(READERS, name));
if (unknown || ![inputs, seed, first].every(Number.isSafeInteger) || inputs < 1) {
  console.error(
    `Expected readers, of ${Object.keys(READERS).join(", ")}, and whole numbers but found ` +
      `${Deno.args.join(" ")}`,
  );
  Deno.exit(2);
}

console.log("reader            inputs  accepted  slowest, ms  memory, MB   inputs/s");
let failed = false;
for (const reader of positionals.length > 0 ? positionals : Object.keys(READERS)) {
  const began = performance.now();
  try {
    const { accepted, slowest, memory } = await fuzzReader({ reader, seed, first, inputs });
    const rate = inputs / (performance.now() - began) * 1000;
    const columns = [
      inputs.toString().padStart(12),
      accepted.toString().padStart(10),
      slowest.milliseconds.toFixed(1).padStart(13),
      (memory / 1e6).toFixed(0).padStart(12),
      rate.toFixed(0).padStart(11),
    ];
    console.log(reader.padEnd(12) + columns.join(""));
  } catch (error) {
    failed = true;
    console.log((error as Error).message);
  }
}
if (failed) Deno.exit(1);
