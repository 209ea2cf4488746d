/**
 * `deno task export`: exports the network of a run for other programs.
 *
 * @module
 */
import { onlyRun } from "./only_run.ts";
import { PROGRAM } from "../core/program.ts";
import { UsageError } from "../core/errors.ts";
import { exportRun } from "../export/mod.ts";
import type { Command } from "./command.ts";
import { wordFlag } from "./words.ts";

const NAMES = ["project", "torchvision"] as const;

const USAGE = `Usage: ${PROGRAM} export RUN --to PATH [flags]

Writes the network of a run, with the parameters and running statistics of its newest checkpoint, for other programs.
RUN is a run folder or a checkpoint-….safetensors. The ending of PATH says what is written:
  model.onnx           ONNX, for onnxruntime and others
  folder/model.json    graph model for TensorFlow.js in browsers, its weights beside it
  folder/              TensorFlow SavedModel (with the slash at the end)
  model.safetensors    parameters and running statistics alone
Networks take RGB images with values from 0 to 1 (mean and deviation are part of the network) in batches of any size,
[batch, 3, height, width] in ONNX and [batch, height, width, 3] elsewhere, and return "logits" and "probabilities".
  --to PATH       what to write
  --names NAMES   in safetensors: project (for ${PROGRAM} evaluate and openRun), or torchvision (for PyTorch)
  --data DIR      folder of the images; default: the run's
  --help          this text`;

type Flags = { readonly [name: string]: string | boolean | undefined };

/** The command `export`. */
export const command: Command = {
  name: "export",
  usage: USAGE,
  flags: { to: { type: "string" }, names: { type: "string" }, data: { type: "string" } },
  positionals: true,
  run,
};

async function run(flags: Flags, runs: string[]): Promise<number> {
  const path = onlyRun(runs);
  const { to, names, data } = flags as { to?: string; names?: string; data?: string };
  if (to === undefined) throw new UsageError("Expected --to with the path to write");
  const known = wordFlag("names", names, NAMES);
  const files = await exportRun(path, to, { names: known, folder: data });
  const sizes = await Promise.all(files.map(async (path) => (await Deno.stat(path)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const inFiles = files.length > 1 ? ` in ${files.length} files` : "";
  console.log(`${to}: ${(bytes / 1e6).toFixed(1)} MB${inFiles}`);
  return 0;
}
