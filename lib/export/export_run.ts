/**
 * Taking a trained network elsewhere.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { CheckpointError, UsageError } from "../core/errors.ts";
import { exportWeights, type ExportWeightsOptions } from "../train/export_weights.ts";
import { openRun, type OpenRunOptions } from "../train/open_run.ts";
import type { Model } from "../train/predict.ts";
import { writeWhole } from "../train/write_whole.ts";
import { describe, type Images } from "./inference.ts";
import { onnxModel } from "./onnx/model.ts";
import { browserModel } from "./tensorflow/browser_model.ts";
import { savedModel } from "./tensorflow/saved_model.ts";

/** Contents by path. */
type Files = ReadonlyMap<string, Uint8Array | string>;

/** Lays a network out as files; the last one makes them complete. */
type Format = (model: Model, images: Images, to: string) => Promise<Files>;

const FORMATS: Readonly<Record<string, Format>> = {
  ".onnx": async (model, images, to) => new Map([[to, await onnxModel(model, images)]]),
  ".json": async (model, images, to) => {
    const { json, shards } = await browserModel(model, images, basename(to, ".json"));
    const files = [...shards].map(([name, bytes]) => [join(dirname(to), name), bytes] as const);
    return new Map<string, Uint8Array | string>([...files, [to, JSON.stringify(json)]]);
  },
  "/": async (model, images, to) =>
    new Map<string, Uint8Array | string>([
      [join(to, "assets.extra", "network.json"), JSON.stringify(describe(model, images, "NHWC"))],
      [join(to, "saved_model.pb"), await savedModel(model, images)],
    ]),
};

/** The endings that {@linkcode exportRun} knows, with what they stand for. */
export const ENDINGS: Readonly<Record<string, string>> = {
  ".onnx": "ONNX",
  ".json": "TensorFlow.js graph model",
  "/": "TensorFlow SavedModel, a folder",
  ".safetensors": "weights",
};

/**
 * Writes the network of a run for other programs, by the ending of the path: `.onnx`, `.json` (a graph model for
 * browsers, with its weights beside it), `/` (a SavedModel), or `.safetensors` (weights alone).
 *
 * Networks take pixels, RGB from 0 to 1, in batches of any size, and return `logits` and `probabilities`; ONNX models
 * want `[batch, channels, height, width]`, the others `[batch, height, width, channels]`.
 *
 * @param path A run folder, whose newest checkpoint is taken, or a checkpoint.
 * @param to What to write. Files appear whole or not at all.
 * @param options Names of the weights, and what the run does not tell.
 * @returns The files that were written.
 * @throws {UsageError} If the ending is unknown, the format lacks an operation of the network, or the recipe is neither
 * given nor told by the run.
 * @throws {CheckpointError} If there is no checkpoint, it does not fit, or a file cannot be written.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { train } from "../train/train.ts";
 *
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * assertEquals(await exportRun(out, `${out}/model.onnx`), [`${out}/model.onnx`]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function exportRun(
  path: string,
  to: string,
  { names, ...options }: ExportWeightsOptions = {},
): Promise<string[]> {
  const ending = Object.keys(ENDINGS).find((ending) => to.endsWith(ending));
  if (!ending) {
    const known = Object.entries(ENDINGS).map(([ending, what]) => `${ending} (${what})`);
    throw new UsageError(`Expected a path that ends in ${known.join(", ")} but found "${to}"`);
  }
  if (!Object.hasOwn(FORMATS, ending)) {
    await exportWeights(path, to, { names, ...options });
    return [to];
  }
  if (names !== undefined) {
    throw new UsageError(`Expected no names of tensors for ${to}: they are for .safetensors`);
  }
  return await writeNetwork(path, to, FORMATS[ending], options);
}

async function writeNetwork(
  path: string,
  to: string,
  format: Format,
  options: OpenRunOptions,
): Promise<string[]> {
  const run = await openRun(path, options);
  let files: Files;
  try {
    files = await format(run, run.data.test, to);
  } finally {
    run.dispose();
  }
  for (const [path, content] of files) {
    await makeFolder(dirname(path));
    await writeWhole(path, content);
  }
  return [...files.keys()];
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new CheckpointError(
      `Expected to make the folder ${folder} but found: ${(cause as Error).message}`,
      { cause },
    );
  }
}
