/**
 * Weights under torchvision's names and in PyTorch's layout.
 *
 * @module
 */
import { flatten, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";

/** Parameters and running statistics of a network. */
export interface Weights {
  /** Trainable parameters. */
  params: Params;
  /** Running statistics. */
  state: Params;
}

const STATISTICS: Readonly<Record<string, string>> = {
  mean: "running_mean",
  variance: "running_var",
};
const PATHS: Readonly<Record<string, string>> = { running_mean: "mean", running_var: "variance" };

/**
 * Converts a path to torchvision's name for parameters of ResNets; in other paths, slashes become dots.
 *
 * @param path Path in the trees of `resnet()`: `stage4/block1/shortcut/bn/variance`.
 * @returns Name in a state dict: `layer4.0.downsample.1.running_var`.
 */
export function torchvisionName(path: string): string {
  return path
    .replace(/^stem\/conv\//, "conv1/")
    .replace(/^stem\/bn\//, "bn1/")
    .replace(/(^|\/)head\//, "$1fc/")
    .replace(
      /(^|\/)stage(\d+)\/block(\d+)\//,
      (_, before, stage, block) => `${before}layer${stage}/${block - 1}/`,
    )
    .replace("shortcut/conv/", "downsample/0/")
    .replace("shortcut/bn/", "downsample/1/")
    .replace(/[^/]+$/, (last) => STATISTICS[last] ?? last)
    .replaceAll("/", ".");
}

/** Axis permutations from this library's layout to PyTorch's, by rank; vectors and scalars are unchanged. */
const TO_PYTORCH: Readonly<Record<number, number[]>> = { 2: [1, 0], 4: [3, 2, 0, 1] };
const FROM_PYTORCH: Readonly<Record<number, number[]>> = { 2: [1, 0], 4: [2, 3, 1, 0] };

/**
 * Exports a network's tensors under torchvision's names and in PyTorch's layout: convolutions
 * `[filters, channels, height, width]`, linear layers `[outputs, inputs]`.
 *
 * @param weights Trees of `resnet()`; not disposed.
 * @returns New tensors by name, which the caller disposes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnet, toTorchvision } from "@nbn/toolkit/nn";
 *
 * const named = toTorchvision(resnet({ depth: 18, classes: 3 }).init(0, [32, 32, 3]));
 * assertEquals(named.get("layer1.0.conv1.weight")!.shape, [64, 64, 3, 3]);
 * ```
 */
export function toTorchvision({ params, state }: Weights): Map<string, tf.Tensor> {
  return new Map(
    [...flatten(params), ...flatten(state)].map(([path, tensor]) => [
      torchvisionName(path),
      tensor.rank in TO_PYTORCH ? tensor.transpose(TO_PYTORCH[tensor.rank]) : tensor.clone(),
    ]),
  );
}

/**
 * Converts torchvision's name of a parameter to its path: the inverse of {@linkcode torchvisionName}.
 *
 * @param name Name in a state dict: `layer4.0.downsample.1.running_var`.
 * @returns Path in the trees of `resnet()`: `stage4/block1/shortcut/bn/variance`.
 */
export function torchvisionPath(name: string): string {
  return name
    .replaceAll(".", "/")
    .replace(/^conv1\//, "stem/conv/")
    .replace(/^bn1\//, "stem/bn/")
    .replace(/(^|\/)fc\//, "$1head/")
    .replace(
      /(^|\/)layer(\d+)\/(\d+)\//,
      (_, before, stage, block) => `${before}stage${stage}/block${Number(block) + 1}/`,
    )
    .replace("downsample/0/", "shortcut/conv/")
    .replace("downsample/1/", "shortcut/bn/")
    .replace(/[^/]+$/, (last) => PATHS[last] ?? last);
}

/**
 * Imports tensors with torchvision's names, which timm uses for ResNets and ResNeXts too, under this library's paths
 * and in its layout. PyTorch's counters (`num_batches_tracked`) are dropped.
 *
 * @param named Tensors by name, for instance of a safetensors file; not disposed.
 * @returns New tensors by path, for `fitWeights`, which the caller disposes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnet, toTorchvision } from "@nbn/toolkit/nn";
 *
 * const network = resnet({ depth: 18, classes: 3 });
 * const paths = [...fromTorchvision(toTorchvision(network.init(0, [32, 32, 3]))).keys()];
 * assertEquals(paths[0], "stem/conv/weight");
 * ```
 */
export function fromTorchvision(named: ReadonlyMap<string, tf.Tensor>): Map<string, tf.Tensor> {
  return new Map(
    [...named].filter(([name]) => !name.endsWith("num_batches_tracked")).map(([name, tensor]) => [
      torchvisionPath(name),
      tensor.rank in FROM_PYTORCH ? tensor.transpose(FROM_PYTORCH[tensor.rank]) : tensor.clone(),
    ]),
  );
}
