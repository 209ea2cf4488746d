/**
 * Weights that were trained elsewhere.
 *
 * @module
 */
import { CheckpointError } from "../core/errors.ts";
import { tf } from "../deps/tfjs.ts";
import { fromTorchvision, type FromTorchvisionOptions, type Weights } from "../nn/torchvision.ts";
import { readSafetensors } from "./safetensors/read.ts";

/**
 * Fills a network with a safetensors file of torchvision or timm, which give ResNets and ResNeXts the same names. What
 * PyTorch counts beside them (`num_batches_tracked`) is left out.
 *
 * @param path The file, for instance `model.safetensors` of timm's `resnet50.tv_in1k`.
 * @param like Trees of the network that takes them, as `init` makes them; they stay the caller's.
 * @param options Parts that keep what they have, for instance `["head", "nbn"]`.
 * @returns New trees with the same paths.
 * @throws {CheckpointError} If the file cannot be read or is damaged, a tensor is not float32, or it belongs to another
 * network.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "../core/tree.ts";
 * import { engine } from "../engine/engine.ts";
 * import { exportWeights } from "./export_weights.ts";
 * import { openRun } from "./open_run.ts";
 * import { train } from "./train.ts";
 *
 * await engine();
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * await exportWeights(out, `${out}/pytorch.safetensors`, { names: "torchvision" });
 * const run = await openRun(out);
 * const { params } = await loadWeights(`${out}/pytorch.safetensors`, run);
 * assertEquals(flatten(params).length, flatten(run.params).length);
 * run.dispose();
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function loadWeights(
  path: string,
  like: Weights,
  options: FromTorchvisionOptions = {},
): Promise<Weights> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new CheckpointError(
      `Expected weights at ${path} but could not read them: ${(cause as Error).message}`,
      { cause },
    );
  }
  const { tensors } = readSafetensors(bytes, path);
  const wanted = [...tensors].filter(([name]) => !name.endsWith("num_batches_tracked"));
  const other = wanted.find(([, { type }]) => type !== "F32");
  if (other) {
    throw new CheckpointError(
      `Expected ${path} to hold float32 (F32) but ${other[0]} is ${
        other[1].type
      }: save it in float32`,
    );
  }
  const named = new Map(wanted.map(([name, { shape, bytes }]) =>
    // A copy, because a typed array must begin at a multiple of its element's size.
    [name, tf.tensor(new Float32Array(bytes.slice().buffer), [...shape], "float32")] as const
  ));
  try {
    return fromTorchvision(named, like, options);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new CheckpointError(`${cause.message} (${path})`, { cause });
  } finally {
    tf.dispose([...named.values()]);
  }
}
