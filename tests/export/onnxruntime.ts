/**
 * onnxruntime for tests, from a pinned npm package, in a separate process with its own lock file, so that only tests
 * download it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Answer } from "./close.ts";

/** A model and its input batch. */
export interface Question {
  /** Path of the `.onnx` file. */
  readonly path: string;
  /** Shape of the images, `[batch, channels, height, width]`. */
  readonly shape: readonly number[];
  /** Their pixels. */
  readonly values: readonly number[];
}

/** Checks whether onnxruntime is in Deno's cache, see {@linkcode installOnnxruntime}. */
export async function onnxruntimePresent(): Promise<boolean> {
  return (await start(["--cached-only"], [])).code === 0;
}

/**
 * Downloads onnxruntime into Deno's cache if it is missing.
 *
 * @throws {Error} If it cannot be downloaded.
 */
export async function installOnnxruntime(): Promise<void> {
  await ask([]);
}

/** Runs models on their batches. */
export async function ask(questions: readonly Question[]): Promise<Answer[]> {
  const { code, stdout, stderr } = await start([], questions);
  const decoder = new TextDecoder();
  if (code === 0) return JSON.parse(decoder.decode(stdout));
  throw new Error(`Expected onnxruntime to work but found: ${decoder.decode(stderr).trim()}`);
}

async function start(flags: readonly string[], questions: readonly Question[]) {
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const process = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", `--lock=${here("./deno.lock")}`, ...flags],
      here("./onnxruntime_process.ts"),
    ],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = process.output();
  // A process that failed to start does not read its input.
  await new Response(JSON.stringify(questions)).body!.pipeTo(process.stdin).catch(() => {});
  return await output;
}
