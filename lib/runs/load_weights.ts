/**
 * Loading pretrained weights.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import { tf } from "../deps/tfjs.ts";
import { type FittedWeights, fitWeights, type FitWeightsOptions } from "../nn/fit_weights.ts";
import { fromTorchvision, type Weights } from "../nn/torchvision.ts";
import { locateRun } from "./locate_run.ts";
import { floats } from "../safetensors/floats.ts";
import type { SafetensorsTensor } from "../safetensors/format.ts";
import { readSafetensors } from "../safetensors/read.ts";

/** Network weights filled from a file. */
export interface LoadedWeights extends FittedWeights {
  /** Path of the file. */
  readonly file: string;
  /** Whether the file uses PyTorch's names, which implies plain batch norms. */
  readonly isPyTorch: boolean;
}

/**
 * Initialises a network with weights from a file of torchvision or timm, which use the same names for ResNets and
 * ResNeXts, or from a run. float16 and bfloat16 are supported. Parts that are missing or have another shape, such as a
 * head for other classes, keep their values; see {@linkcode fitWeights}.
 *
 * @param path A safetensors file, for instance `model.safetensors` of timm's `resnet50.tv_in1k`, or a run folder, whose
 * newest checkpoint is used.
 * @param like Parameters and statistics of the network, as `init` returns them; the caller keeps ownership.
 * @param options Parts that keep their values, for instance `["head"]`.
 * @returns New trees with the same paths, and the parts that were not filled.
 * @throws {CheckpointError} If the file cannot be read, is damaged or not in safetensors format, or belongs to another
 * network.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 * import { loadWeights } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
 *
 * await engine();
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * const like = resnetCifar({ depth: 8, classes: 3 }).init(0, [32, 32, 3]);
 * const { loaded, fresh } = await loadWeights(out, like);
 * assertEquals([loaded, fresh[0].part], [35, "head"]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function loadWeights(
  path: string,
  like: Weights,
  options: FitWeightsOptions = {},
): Promise<LoadedWeights> {
  const file = await fileOf(path);
  const { found, isPyTorch } = await read(file);
  try {
    return { ...fitWeights(found, like, options), file, isPyTorch };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new CheckpointError(`${cause.message} (${file})`, { cause });
  } finally {
    tf.dispose([...found.values()]);
  }
}

async function fileOf(path: string): Promise<string> {
  const there = await Deno.stat(path).catch(() => undefined);
  return there?.isDirectory ? (await locateRun(path)).file : path;
}

/** Reads tensors under this project's paths, in its layout. */
async function read(
  file: string,
): Promise<{ found: Map<string, tf.Tensor>; isPyTorch: boolean }> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(file);
  } catch (cause) {
    throw new CheckpointError(
      `Expected weights at ${file} but could not read them: ${(cause as Error).message}`,
      { cause },
    );
  }
  expectNoPickle(bytes, file);
  const { tensors, metadata } = readSafetensors(bytes, file);
  if (metadata.get("format") === "nbn") {
    const ours = [...tensors].flatMap(([name, tensor]) => {
      const path = /^(?:params|state)\/(.*)/.exec(name)?.[1];
      return path === undefined ? [] : [[path, tensorOf(name, tensor, file)] as const];
    });
    return { found: new Map(ours), isPyTorch: false };
  }
  const named = new Map(
    [...tensors].filter(([name]) => !name.endsWith("num_batches_tracked"))
      .map(([name, tensor]) => [withoutWrapper(name), tensorOf(name, tensor, file)] as const),
  );
  try {
    return { found: fromTorchvision(named), isPyTorch: true };
  } finally {
    tf.dispose([...named.values()]);
  }
}

/** Throws on files written by `torch.save`: a zip archive, or a pickle in older versions. */
function expectNoPickle(bytes: Uint8Array, file: string): void {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b, isPickle = bytes[0] === 0x80;
  // A safetensors file starts with the header length in eight bytes, little endian, whose upper bytes are 0.
  if (!isZip && !(isPickle && bytes[7] !== 0)) return;
  const target = file.replace(/\.[^./\\]*$/, "") + ".safetensors";
  throw new CheckpointError(
    `Expected safetensors but ${file} is a file of torch.save, which can run any code: convert it with ` +
      `python -c "import torch, safetensors.torch as s; ` +
      `s.save_file(torch.load('${file}', map_location='cpu', weights_only=True), '${target}')"`,
  );
}

/** Removes the prefixes that DataParallel and training scripts add to names. */
function withoutWrapper(name: string): string {
  return name.replace(/^(module\.|model\.)+/, "");
}

function tensorOf(name: string, tensor: SafetensorsTensor, file: string): tf.Tensor {
  const values = floats(tensor);
  if (values) return tf.tensor(values, [...tensor.shape], "float32");
  throw new CheckpointError(
    `Expected ${file} to contain floating point numbers but ${name} is ${tensor.type}: save it in float32`,
  );
}
