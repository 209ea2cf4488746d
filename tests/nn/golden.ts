/**
 * The golden values of tests/golden/make_nn.py, and networks initialised by its formula.
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

/** Options of a network of make_nn.py. */
export interface NetworkOptions {
  depth: number;
  nbn?: "smooth" | "reference";
  lr?: boolean;
  shortcut?: "A" | "B";
  head?: "linear" | "cosine";
}

/** A case with a network. */
export interface NetworkCase {
  name: string;
  batch: number;
  size: number;
  options: NetworkOptions;
}

/** Content of nn.json. */
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

/** The golden values. */
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

/** Creates parameters and state by the formula, in the shapes of the network. */
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
