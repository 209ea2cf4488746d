/**
 * Gives one reader mutated files, in a process of its own: `reader_process.ts TASK`, a task as JSON. After every part of
 * the inputs it prints what was found, a line of JSON on stdout: see fuzz_reader.ts.
 *
 * @module
 */
import { cpuUsage } from "node:process";
import { EngineError, InputError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import { withoutWaiting } from "./files.ts";
import { mutated } from "./mutate.ts";
import { READERS } from "./readers.ts";
import { foundBefore } from "./seeds.ts";

/** Which inputs to try. */
export interface Task {
  readonly reader: string;
  readonly folder: string;
  readonly seed: number;
  readonly first: number;
  readonly inputs: number;
}

/** What a part of the inputs has shown. */
export interface Part {
  /** Inputs tried so far. */
  readonly tried: number;
  /** Those that were read without an error. */
  readonly accepted: number;
  /** Most milliseconds of processor time for one input, and its number: other processes do not count. */
  readonly slowest: { readonly milliseconds: number; readonly input: number };
  /** Memory of the process, in bytes. */
  readonly memory: number;
  /** The next input, if it was answered by an error that tells nothing, with that error. */
  readonly failure?: string;
}

/** Most bytes of a mutated file. */
const LONGEST = 1 << 16;
/** Inputs between two lines. */
const PART = 200;
/** Times that an input is read which takes longer than all before: the least counts, without a garbage collection. */
const TIMES = 3;

const { reader, folder, seed, first, inputs } = JSON.parse(Deno.args[0]) as Task;
const { read, seeds } = READERS[reader];
const corpus = await seeds();
withoutWaiting();
// Decoders report damage on the console, too.
console.error = console.warn = () => {};
let accepted = 0, slowest = { milliseconds: 0, input: first };
// This also loads what is loaded once.
for (const [i, bytes] of [...corpus, ...foundBefore(reader)].entries()) {
  expectTold(0, `file ${i} of the corpus`, (await attempt(bytes)).error);
}
for (let input = first; input < first + inputs; input++) {
  // A stream for each input, so that any can be repeated alone.
  const bytes = mutated(corpus, rng(seed).fork(input), LONGEST);
  const { error, milliseconds } = await attempt(bytes);
  expectTold(input - first, `input ${input}`, error);
  if (error === undefined) accepted++;
  let least = milliseconds;
  for (let time = 1; time < TIMES && least > slowest.milliseconds; time++) {
    least = Math.min(least, (await attempt(bytes)).milliseconds);
  }
  if (least > slowest.milliseconds) slowest = { milliseconds: least, input };
  if ((input - first + 1) % PART === 0 && input + 1 < first + inputs) print(input - first + 1);
}
print(inputs);
// The engine and codecs may hold the process.
Deno.exit(0);

async function attempt(bytes: Uint8Array): Promise<{ error?: unknown; milliseconds: number }> {
  const copy = bytes.slice(), began = processorTime();
  try {
    const result = read(copy, folder);
    if (result instanceof Promise) await result;
    return { milliseconds: processorTime() - began };
  } catch (error) {
    return { error: error ?? "undefined", milliseconds: processorTime() - began };
  }
}

/** Milliseconds that all threads of this process have run. */
function processorTime(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

function print(tried: number, failure?: string): void {
  const memory = Deno.memoryUsage().rss;
  const part: Part = { tried, accepted, slowest, memory, failure };
  console.log(JSON.stringify(part));
}

/** Ends the process unless an error is one of the toolkit's own, which tell what was wrong with the file. */
function expectTold(tried: number, input: string, error: unknown): void {
  const isTold = error === undefined || error instanceof InputError || error instanceof EngineError;
  if (isTold) return;
  const text = error instanceof Error ? error.stack ?? error.message : String(error);
  print(tried, `${input}: ${text}`);
  Deno.exit(0);
}
