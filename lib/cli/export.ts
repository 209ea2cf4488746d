/**
 * `deno task export`: the weights of a run in a file.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { exportWeights } from "../train/export_weights.ts";
import { execute } from "./command.ts";
import { wordFlag } from "./words.ts";

const NAMES = ["project", "torchvision"] as const;

const USAGE = `Usage: deno task export RUN --to FILE [flags]

Writes parameters and running statistics, without what only training needs, to a safetensors file.
RUN is a run folder, whose newest checkpoint is taken, or a checkpoint-….safetensors.
  --to FILE       the file to write
  --names NAMES   project (for deno task evaluate and openRun), or torchvision (for PyTorch)
  --data DIR      folder of the images; the run folder tells it
  --help          this text`;

type Flags = { readonly [name: string]: string | boolean | undefined };

const COMMAND = {
  name: "export",
  usage: USAGE,
  flags: { to: { type: "string" }, names: { type: "string" }, data: { type: "string" } },
  positionals: true,
  run,
} as const;

async function run(flags: Flags, runs: string[]): Promise<number> {
  if (runs.length !== 1) {
    throw new UsageError(
      `Expected one run folder or checkpoint but found ${runs.length || "none"}`,
    );
  }
  const { to, names = "project", data } = flags as { to?: string; names?: string; data?: string };
  if (to === undefined) throw new UsageError("Expected --to with the file to write");
  const known = wordFlag("names", names, NAMES);
  await exportWeights(runs[0], to, { names: known, folder: data });
  console.log(`${to}: ${((await Deno.stat(to)).size / 1e6).toFixed(1)} MB`);
  return 0;
}

/** Runs the command line with these arguments and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return execute(COMMAND, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));
