/**
 * `deno task fuzz [READER…] [--inputs N] [--seed S] [--first I] [--jobs J] [--record]`: gives every reader of files
 * mutated files, by default 2,000 each, and prints how many were tried and accepted, the slowest answer and the most
 * memory. It ends with exit code 1 if a reader answers with anything but an error of the toolkit, ends its process, or
 * hangs.
 *
 * With `--record` every reader goes on where data/results/fuzz.csv ends, up to N inputs in all, and the file is written
 * after every part: a run that is stopped continues when the command is repeated.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { machine } from "../../lib/core/machine.ts";
import { writeFaultsPage } from "../../tools/faults/page.ts";
import { type Found, fuzzReader } from "./fuzz_reader.ts";
import { READERS } from "./readers.ts";
import { FUZZ_RECORD, withFound } from "./record.ts";

/** Inputs between two writes of the record, each part in a process of its own. */
const PART = 20_000;

const { values, positionals } = parseArgs({
  args: Deno.args,
  allowPositionals: true,
  options: {
    inputs: { type: "string", default: "2000" },
    seed: { type: "string", default: "0" },
    first: { type: "string", default: "0" },
    jobs: { type: "string", default: "1" },
    record: { type: "boolean", default: false },
  },
});
const { record } = values;
const [inputs, seed, start, jobs] = [values.inputs, values.seed, values.first, values.jobs]
  .map(Number);
const areCounts = [inputs, seed, start, jobs].every((n) => Number.isSafeInteger(n) && n >= 0);
const unknown = positionals.find((name) => !Object.hasOwn(READERS, name));
if (unknown || !areCounts || inputs < 1 || jobs < 1 || record && (seed > 0 || start > 0)) {
  console.error(
    `Expected readers, of ${Object.keys(READERS).join(", ")}, whole numbers, and no --seed or ` +
      `--first with --record but found ${Deno.args.join(" ")}`,
  );
  Deno.exit(2);
}

const host = await machine();
let rows = record ? await FUZZ_RECORD.read() : [];
let writing = Promise.resolve();

console.log("reader            inputs  accepted  slowest, ms  memory, MB   inputs/s");
let failed = false;
const queue = positionals.length > 0 ? positionals : Object.keys(READERS);
await Promise.all(Array.from({ length: jobs }, async () => {
  for (let reader = queue.shift(); reader !== undefined; reader = queue.shift()) {
    failed = !await fuzz(reader) || failed;
  }
}));
await writing;
if (record) await writeFaultsPage();
Deno.exit(failed ? 1 : 0);

/** Fuzzes one reader, and returns whether nothing was wrong. */
async function fuzz(reader: string): Promise<boolean> {
  const began = performance.now();
  const recorded = rows.find((row) => row.reader === reader)?.inputs ?? 0;
  const end = record ? inputs : start + inputs;
  let first = record ? recorded : start, all: Found | undefined;
  for (; first < end; first += PART) {
    const found = await fuzzReader({ reader, seed, first, inputs: Math.min(PART, end - first) });
    all = joined(all, found);
    if (record) {
      rows = withFound(rows, reader, found, host);
      const now = rows;
      await (writing = writing.then(() => FUZZ_RECORD.write(now)));
    }
    if (found.problem === undefined) continue;
    console.log(`${reader}, seed ${seed}, ${found.problem}`);
    return false;
  }
  if (all) print(reader, all, all.tried / (performance.now() - began) * 1000);
  return true;
}

function joined(before: Found | undefined, now: Found): Found {
  if (!before) return now;
  return {
    tried: before.tried + now.tried,
    accepted: before.accepted + now.accepted,
    slowest: before.slowest.milliseconds > now.slowest.milliseconds ? before.slowest : now.slowest,
    memory: Math.max(before.memory, now.memory),
  };
}

function print(reader: string, { tried, accepted, slowest, memory }: Found, rate: number): void {
  const columns = [
    tried.toString().padStart(12),
    accepted.toString().padStart(10),
    slowest.milliseconds.toFixed(1).padStart(13),
    (memory / 1e6).toFixed(0).padStart(12),
    rate.toFixed(0).padStart(11),
  ];
  console.log(reader.padEnd(12) + columns.join(""));
}
