/**
 * Features refined by discovered super-classes.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { expectRank, expectTensors } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { unitVectors } from "../engine/ops/mod.ts";
import { normalTensor } from "./initialise.ts";
import type { Module } from "./module.ts";
import { sequential } from "./sequential.ts";
import { superClassAttention, superClassEdges } from "./super_classes.ts";

/** Options of {@linkcode superDisco}. */
export interface SuperDiscoOptions {
  /**
   * Number of super-classes of each level, from coarse to fine; at least one level, each an integer of at least 1.
   *
   * @default {[4, 8]}
   */
  readonly levels?: readonly number[];
  /**
   * γ: spread of the attention, above 0; a smaller one attends to fewer super-classes.
   *
   * @default {√8, as in ARML}
   */
  readonly spread?: number;
}

/** Deviation of the vertices at the start. */
const VERTEX_DEVIATION = 0.1;

/** Deviation of the other weights at the start, at which features are hardly changed. */
const WEIGHT_DEVIATION = 0.01;

/**
 * Refines features by levels of super-classes, whose graphs are learned with the network: a layer between the backbone
 * and the classifier.
 *
 * In each level, its vertices V, one for each super-class, first exchange messages along the edges A of
 * {@linkcode superClassEdges}: V̂ = V + tanh(D⁻¹ (A + I) V W_v + c_v), with D the sums of the rows of A + I. Then each image
 * attends to them by a = {@linkcode superClassAttention}: z ← z + tanh(½ (z + Σ_j a_j v̂_j) W + c). For the attention, z has
 * the length √channels / 4. The tap `super-classes1`, `super-classes2`, … gets a, `[batch, superClasses]`.
 *
 * Parameters of each level, under `level1`, `level2`, …: `vertices` `[superClasses, channels]`, `edge/weight`
 * `[channels]`, `edge/bias`, `messages/weight` and `images/weight` `[channels, channels]`, `messages/bias` and
 * `images/bias` `[channels]`.
 *
 * **A reconstruction**: the paper's text was not available. Levels of super-classes, a learned graph of them and features
 * refined by attention are those of its abstract and figures; the formulas are inferred from the graphs of ARML, on which
 * later code of the first author builds. Residual sums, messages before the attention, lengths and starts are chosen here.
 * The paper further trains the graph by a graph of class prototypes on a small set of images (meta-learning), which is
 * not implemented: the graph is trained by the loss of the images alone.
 *
 * Source: Du et al. 2023, SuperDisco: Super-Class Discovery Improves Visual Recognition for the Long-Tail; formulas after
 * Yao et al. 2020, Automated Relational Meta-learning.
 *
 * @param options Levels, spread.
 * @returns The layer, from features `[batch, channels]` to refined ones, for a network's `refine` argument.
 * @throws {RangeError} If there is no level, one has no super-class, or the spread is not above 0; when initialised, if inputs are not vectors.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { flatten } from "@nbn/toolkit/core";
 * import { resnet32, superDisco } from "@nbn/toolkit/nn";
 *
 * const net = resnet32({ classes: 10, refine: superDisco({ levels: [4] }) });
 * const vertices = flatten(net.init(0, [32, 32, 3]).params)
 *   .find(([path]) => path === "refine/level1/vertices");
 * assertEquals(vertices?.[1].shape, [4, 64]);
 * ```
 */
export function superDisco(
  { levels = [4, 8], spread = Math.sqrt(8) }: SuperDiscoOptions = {},
): Module {
  expectRange("above 0", { spread });
  if (levels.length === 0) throw new RangeError("Expected at least one level but found none");
  const named = levels.map((size, i) => [`level${i + 1}`, levelOf(size, i + 1, spread)] as const);
  return sequential(Object.fromEntries(named));
}

/** Ranks of the parameters of a level. */
const RANKS = {
  "vertices": 2,
  "edge/weight": 1,
  "edge/bias": 0,
  "messages/weight": 2,
  "messages/bias": 1,
  "images/weight": 2,
  "images/bias": 1,
} as const;

/** Creates a level of super-classes. */
function levelOf(size: number, level: number, spread: number): Module {
  expectRange("an integer of at least 1", { [`the super-classes of level ${level}`]: size });
  return {
    init(random, inputShape) {
      if (inputShape.length !== 1) {
        throw new RangeError(
          `Expected the input of superDisco to be [channels] but found [${inputShape}]: pool first`,
        );
      }
      const [channels] = inputShape;
      const matrix = (name: string) => ({
        weight: normalTensor(random.fork(name), [channels, channels], WEIGHT_DEVIATION),
        bias: tf.zeros([channels]),
      });
      return {
        params: {
          vertices: normalTensor(random.fork("vertices"), [size, channels], VERTEX_DEVIATION),
          edge: {
            weight: normalTensor(random.fork("edge"), [channels], WEIGHT_DEVIATION),
            bias: tf.scalar(0),
          },
          messages: matrix("messages"),
          images: matrix("images"),
        },
        state: {},
        outputShape: [channels],
      };
    },
    apply(params, _state, x, { tap }) {
      const features = expectRank(x, 2, "features");
      const found = expectTensors(params, RANKS, "superDisco"), { vertices } = found;
      const edges = superClassEdges(vertices, found["edge/weight"], found["edge/bias"])
        .add(tf.eye(size));
      const means = tf.matMul(edges.div(edges.sum(1, true)), vertices) as tf.Tensor2D;
      const messages = tf.matMul(means, found["messages/weight"]).add(found["messages/bias"])
        .tanh();
      const length = Math.sqrt(features.shape[1]) / 4;
      const own = superClassAttention(unitVectors(features, 1).mul(length), vertices, spread);
      const attention = tap ? expectRank(tap(`super-classes${level}`, own), 2, "attention") : own;
      const met = features.add(tf.matMul(attention, vertices.add(messages))).div(2);
      const refined = tf.matMul(met as tf.Tensor2D, found["images/weight"])
        .add(found["images/bias"]).tanh();
      return { y: features.add(refined), state: {} };
    },
  };
}
