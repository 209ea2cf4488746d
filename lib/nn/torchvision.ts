/**
 * Weights under torchvision's names and in PyTorch's layout.
 *
 * @module
 */
import { flatten, type Params, unflatten } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";

/** Parameters and running statistics of a network. */
export interface Weights {
  /** What training learns. */
  params: Params;
  /** Running statistics. */
  state: Params;
}

const STATISTICS: Readonly<Record<string, string>> = {
  mean: "running_mean",
  variance: "running_var",
};

/**
 * The name that torchvision gives a parameter of its ResNets; of others the path with dots.
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

/** Axes from our layout to PyTorch's, by rank; vectors and scalars are the same. */
const TO_PYTORCH: Readonly<Record<number, number[]>> = { 2: [1, 0], 4: [3, 2, 0, 1] };
const FROM_PYTORCH: Readonly<Record<number, number[]>> = { 2: [1, 0], 4: [2, 3, 1, 0] };

/**
 * Puts a network's tensors under torchvision's names, convolutions `[filters, channels, height, width]`,
 * linear layers `[outputs, inputs]`.
 *
 * @param weights Trees of `resnet()`; they stay the caller's.
 * @returns New tensors by name, the caller's.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnet } from "./resnet.ts";
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

/** Options of {@linkcode fromTorchvision}. */
export interface FromTorchvisionOptions {
  /**
   * Parts that keep what they have, whether there is a tensor for them or not: `head` for other classes, `nbn` for the
   * magnitude that no other network has, `lr`.
   *
   * @default {[]}
   */
  readonly own?: readonly string[];
}

/**
 * Fills a network with tensors under torchvision's names, which timm gives ResNets and ResNeXts too. What PyTorch counts
 * beside them (`num_batches_tracked`) is left out.
 *
 * @param named Tensors by name, for instance of a safetensors file; they stay the caller's.
 * @param like Trees of the network that takes them, as `init` makes them; they stay the caller's.
 * @param options Parts that keep what they have.
 * @returns New trees with the same paths.
 * @throws {RangeError} If a tensor is missing, has another shape, or has no place in the network.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnet } from "./resnet.ts";
 *
 * const network = resnet({ depth: 18, classes: 3 });
 * const first = network.init(0, [32, 32, 3]);
 * const { params } = fromTorchvision(toTorchvision(first), network.init(1, [32, 32, 3]));
 * assertEquals(Object.keys(params), Object.keys(first.params));
 * ```
 */
export function fromTorchvision(
  named: ReadonlyMap<string, tf.Tensor>,
  like: Weights,
  { own = [] }: FromTorchvisionOptions = {},
): Weights {
  const keeps = (path: string) => own.some((part) => path === part || path.startsWith(`${part}/`));
  const places = [...flatten(like.params), ...flatten(like.state)];
  const known = new Set(places.map(([path]) => torchvisionName(path)));
  const strangers = [...named.keys()].filter((name) =>
    !known.has(name) && !name.endsWith("num_batches_tracked")
  );
  if (strangers.length > 0) {
    throw new RangeError(
      `Expected only tensors of this network but found ${
        some(strangers)
      }: is it another network's file?`,
    );
  }
  const take = (tree: Params) =>
    unflatten(
      flatten(tree).map(([path, place]) => {
        if (keeps(path)) return [path, place.clone()] as const;
        const name = torchvisionName(path);
        const found = named.get(name);
        if (!found) throw new RangeError(`Expected a tensor ${name} for ${path} but found none`);
        const order = FROM_PYTORCH[found.rank];
        const shape = order ? order.map((axis) => found.shape[axis]) : found.shape;
        if (String(shape) !== String(place.shape)) {
          throw new RangeError(
            `Expected ${name} to fill ${path} [${place.shape}] but found [${found.shape}]`,
          );
        }
        return [path, order ? found.transpose(order) : found.clone()] as const;
      }),
    );
  return { params: take(like.params), state: take(like.state) };
}

function some(names: readonly string[]): string {
  const rest = names.length - 3;
  return names.slice(0, 3).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
