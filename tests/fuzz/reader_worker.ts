/**
 * Gives one reader mutated files, and posts what was found after every part: see fuzz_reader.ts.
 *
 * @module
 */
import { EngineError, InputError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import { InstallError } from "../../lib/engine/install/install_error.ts";
import { mutated } from "./mutate.ts";
import { READERS } from "./readers.ts";

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
  /** Longest time of one input in milliseconds, and its number. */
  readonly slowest: { readonly milliseconds: number; readonly input: number };
  /** Most memory of the process, in bytes. */
  readonly memory: number;
  /** The input that was answered by an error that tells nothing, with that error. */
  readonly failure?: { readonly input: number; readonly error: string; readonly bytes: string };
}

/** Most bytes of a mutated file. */
const LONGEST = 1 << 16;
/** Inputs between two posts. */
const PART = 200;

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<Task>) => void;
  postMessage(part: Part): void;
};

scope.onmessage = async ({ data }) => {
  const { reader, folder, seed, first, inputs } = data;
  const { read, seeds } = READERS[reader];
  const corpus = await seeds();
  // Decoders report damage on the console, too.
  console.error = console.warn = () => {};
  // Loads what is loaded once, and shows that the corpus is read.
  for (const bytes of corpus) await Promise.try(() => read(bytes.slice(), folder)).catch(() => {});
  let accepted = 0, memory = 0, slowest = { milliseconds: 0, input: first };
  const post = (tried: number, failure?: Part["failure"]) => {
    memory = Math.max(memory, Deno.memoryUsage().rss);
    scope.postMessage({ tried, accepted, slowest, memory, failure });
  };
  for (let input = first; input < first + inputs; input++) {
    // A stream for each input, so that any can be repeated alone.
    const bytes = mutated(corpus, rng(seed).fork(input), LONGEST);
    const began = performance.now();
    try {
      const result = read(bytes, folder);
      if (result instanceof Promise) await result;
      accepted++;
    } catch (error) {
      if (!isTold(error)) {
        const text = error instanceof Error ? error.stack ?? error.message : String(error);
        return post(input - first + 1, { input, error: text, bytes: bytes.toBase64() });
      }
    }
    const milliseconds = performance.now() - began;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, input };
    if ((input - first + 1) % PART === 0) post(input - first + 1);
  }
  post(inputs);
};

/** Whether an error is one of the toolkit's own, which tell what was wrong with the file. */
function isTold(error: unknown): boolean {
  return error instanceof InputError || error instanceof EngineError ||
    error instanceof InstallError;
}
