/**
 * Exports a trained network to other formats.
 *
 * @module
 */
import { basename, dirname, join } from "node:path";
import { CheckpointError, UsageError } from "../core/errors.ts";
import { exportWeights, type ExportWeightsOptions } from "./export_weights.ts";
import { openModel, type OpenModelOptions } from "../runs/open_model.ts";
import type { Model } from "../inference/predict.ts";
import { writeAtomically } from "../core/write_atomically.ts";
import { describe, type Images } from "./inference.ts";
import { onnxModel } from "./onnx/model.ts";
import { browserModel } from "./tensorflow/browser_model.ts";
import { savedModel } from "./tensorflow/saved_model.ts";

/** File contents by path. */
type Files = ReadonlyMap<string, Uint8Array | string>;

/** An export format. */
interface Format {
  /** Description for error messages. */
  readonly about: string;
  /** Serialises a network as files; the last one is written last, so its presence means that all are complete. */
  lay(model: Model, images: Images, to: string): Promise<Files> | Files;
}

const WEIGHTS = ".safetensors";

const FORMATS: Readonly<Record<string, Format>> = {
  ".onnx": {
    about: "ONNX",
    lay: async (model, images, to) => new Map([[to, await onnxModel(model, images)]]),
  },
  ".json": {
    about: "a graph model for TensorFlow.js",
    lay(model, images, to) {
      const { json, shards } = browserModel(model, images, basename(to, ".json"));
      const beside = [...shards].map(([name, bytes]) => [join(dirname(to), name), bytes] as const);
      return new Map<string, Uint8Array | string>([...beside, [to, JSON.stringify(json)]]);
    },
  },
  "/": {
    about: "a TensorFlow SavedModel",
    lay: async (model, images, to) =>
      new Map<string, Uint8Array | string>([
        [join(to, "assets.extra", "network.json"), JSON.stringify(describe(model, images, "NHWC"))],
        [join(to, "saved_model.pb"), await savedModel(model, images)],
      ]),
  },
};

/**
 * Exports the network of a run in the format given by the end of the path: `.onnx`, `.json` (a graph model for
 * browsers, with its weights in the same folder), `/` (a SavedModel), or `.safetensors` (weights only).
 *
 * Exported networks take RGB pixels in [0, 1], in batches of any size, and return `logits` and `probabilities`. ONNX
 * models take `[batch, channels, height, width]`, the others `[batch, height, width, channels]`.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint.
 * @param to Path to write to. Each file is written atomically.
 * @param options Names of the weights, and what the run itself does not record.
 * @returns Paths of the written files.
 * @throws {UsageError} If the format is unknown or lacks an operation of the network, or the recipe is neither given
 * nor recorded by the run.
 * @throws {CheckpointError} If there is no checkpoint, it does not fit, or a file cannot be written.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exportRun } from "@nbn/toolkit/export";
 * import { train } from "@nbn/toolkit/train";
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
  if (to.endsWith(WEIGHTS)) {
    await exportWeights(path, to, { names, ...options });
    return [to];
  }
  const format = Object.entries(FORMATS).find(([ending]) => to.endsWith(ending))?.[1];
  if (!format) {
    const known = Object.entries(FORMATS).map(([ending, { about }]) => `${ending} (${about})`);
    throw new UsageError(
      `Expected a path that ends in ${known.join(", ")} or ${WEIGHTS} (weights) but found "${to}"`,
    );
  }
  if (names !== undefined) {
    throw new UsageError(`Expected no names of tensors for ${to}: they are for .safetensors`);
  }
  return await writeNetwork(path, to, format, options);
}

async function writeNetwork(
  path: string,
  to: string,
  format: Format,
  options: OpenModelOptions,
): Promise<string[]> {
  const model = await openModel(path, options);
  let files: Files;
  try {
    files = await format.lay(model, { ...model.input, classNames: model.classNames }, to);
  } finally {
    model.dispose();
  }
  for (const [path, content] of files) {
    await makeFolder(dirname(path));
    await writeAtomically(path, content);
  }
  return [...files.keys()];
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new CheckpointError(
      `Expected to create the folder ${folder} but found: ${(cause as Error).message}`,
      { cause },
    );
  }
}
