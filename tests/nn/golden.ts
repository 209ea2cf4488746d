/**
 * The golden numbers of tests/golden/make_nn.py, and networks filled by its formula.
 *
 * @module
 */
import { type Params, unflatten } from "../../lib/core/tree.ts";
import { flatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { logitsRectification } from "../../lib/nn/logits_rectification.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import type { Network } from "../../lib/nn/network.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { formula, formulaTensor, type Stored } from "./formula.ts";

/** What a network of make_nn.py is told. */
export interface NetworkOptions {
  depth: number;
  nbn?: "smooth" | "reference";
  lr?: boolean;
  shortcut?: "A" | "B";
  head?: "linear" | "cosine";
}

/** A case over a network. */
export interface NetworkCase {
  name: string;
  batch: number;
  size: number;
  options: NetworkOptions;
}

/** Everything in nn.json. */
export interface Golden {
  affine: {
    rule: "exact" | "reference" | "smooth";
    at: "ones" | "random" | "zeros";
    y: Stored;
    direction: Stored;
    magnitude: Stored;
  }[];
  norms: {
    kind: string;
    shape: number[];
    y: Stored;
    x: Stored;
    gradients: Record<string, Stored>;
    state: Record<string, Stored>;
    evaluated: Stored;
  }[];
  forward: (NetworkCase & { evaluated: Stored; trained: Stored })[];
  training: (NetworkCase & { rate: number; losses: number[]; tensors: Record<string, Stored> })[];
}

/** PyTorch's numbers. */
export const golden: Golden = JSON.parse(
  Deno.readTextFileSync(new URL("../golden/nn.json", import.meta.url)),
);

/** The network of a case. */
export function networkOf(
  { depth, nbn: rule, lr: rectified, shortcut, head }: NetworkOptions,
): Network {
  return resnetCifar({
    depth,
    classes: 10,
    shortcut,
    head,
    norm: rule ? nbn({ biasStart: rule }) : undefined,
    logits: rectified ? logitsRectification() : undefined,
  });
}

/** Parameters and state from the formula, in the shapes that the network asks for. */
export function filled(
  network: Network,
  size: number,
  jitter: boolean,
): { params: Params; state: Params } {
  const { params, state } = network.init(0, [size, size, 3]);
  const spread = jitter ? 0.2 : 0;
  const value = (path: string, tensor: tf.Tensor): tf.Tensor => {
    const { shape } = tensor;
    if (shape.length === 4) {
      return formulaTensor(path, shape, Math.sqrt(6 / (shape[0] * shape[1] * shape[2])));
    }
    if (shape.length === 2) return formulaTensor(path, shape, Math.sqrt(6 / shape[0]));
    if (path === "head/bias") return formulaTensor(path, shape, 0.1);
    if (path === "nbn/magnitude") return tf.scalar(jitter ? 1.5 : 1);
    const ones = /(weight|variance)$/.test(path);
    return formulaTensor(path, shape, spread, ones ? 1 : 0);
  };
  const fill = (tree: Params) =>
    unflatten(flatten(tree).map(([path, tensor]) => [path, value(path, tensor)] as const));
  return { params: fill(params), state: fill(state) };
}

/** Images of a case, `[batch, size, size, 3]`. */
export function imagesOf(name: string, { batch, size }: NetworkCase): tf.Tensor {
  return formulaTensor(name, [batch, size, size, 3], 1.5);
}

/** Labels of a case, `[batch]`, from 0 to 9. */
export function labelsOf(name: string, { batch }: NetworkCase): tf.Tensor1D {
  const values = formula(name, batch);
  return tf.tensor1d(Int32Array.from(values, (value) => Math.floor((value + 1) / 2 * 10)), "int32");
}
