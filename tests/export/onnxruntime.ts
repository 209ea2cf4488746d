/**
 * onnxruntime for tests: from npm, pinned, in a process of its own with a lock file of its own, so that nobody
 * downloads it who does not test.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Answer } from "./close.ts";

/** A model, and the batch that it is asked about. */
export interface Question {
  /** The `.onnx` file. */
  readonly path: string;
  /** Shape of the images, `[batch, channels, height, width]`. */
  readonly shape: readonly number[];
  /** Their pixels. */
  readonly values: readonly number[];
}

/** Whether {@linkcode installOnnxruntime} has been here. */
export async function onnxruntimePresent(): Promise<boolean> {
  return (await start(["--cached-only"], [])).code === 0;
}

/**
 * Brings onnxruntime into Deno's cache, if it is not there.
 *
 * @throws {Error} If it cannot be had.
 */
export async function installOnnxruntime(): Promise<void> {
  await ask([]);
}

/** What models say about images. */
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
  // One that could not start reads nothing.
  await new Response(JSON.stringify(questions)).body!.pipeTo(process.stdin).catch(() => {});
  return await output;
}
