/**
 * ACE's network of complementary experts.
 *
 * @module
 */
import { expectTensorAt } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { combineExperts } from "./combine_experts.ts";
import { compose } from "./compose.ts";
import type { Module } from "./module.ts";
import { type Network, network } from "./network.ts";
import { type Divisible, withExperts } from "./residual_network.ts";

/** Options of {@linkcode aceTargets}. */
export interface AceTargetsOptions {
  /**
   * For each expert, the inclusive upper bound of the training images of its classes; the first takes all classes.
   *
   * @default {[Infinity, 100, 19]: all, Medium and Tail, Tail}
   */
  readonly upTo?: readonly number[];
}

/**
 * Returns the classes of each of ACE's experts, which are nested sets.
 *
 * @param counts Training images of each class.
 * @param options Upper bound of the training images of each expert's classes.
 * @returns For each expert, 1 for each of its classes and 0 for the others.
 * @throws {RangeError} If there are fewer than two experts, the first does not take all classes, or a bound is above
 * the previous one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { aceTargets } from "@nbn/toolkit/nn";
 *
 * assertEquals(aceTargets([90, 10], { upTo: [Infinity, 50] }), [[1, 1], [0, 1]]);
 * ```
 */
export function aceTargets(
  counts: readonly number[],
  { upTo = [Infinity, 100, 19] }: AceTargetsOptions = {},
): number[][] {
  if (upTo.length < 2) {
    throw new RangeError(
      `Expected upTo to have an entry for each of at least 2 experts but found ${upTo.length}`,
    );
  }
  const nested = upTo.every((max, expert) => expert === 0 || max <= upTo[expert - 1]);
  if (!nested || !(upTo[0] >= Math.max(...counts))) {
    throw new RangeError(
      `Expected upTo to be decreasing, from a bound that includes all classes, but found [${upTo}]`,
    );
  }
  return upTo.map((largest) => counts.map((count) => count <= largest ? 1 : 0));
}

/**
 * Combines the logits of ACE's experts: those of expert i times ‖W_1‖/‖W_i‖, averaged for each class over the experts
 * that it belongs to.
 *
 * @param experts Logits of each expert, each `[batch, classes]`.
 * @param heads Classifier weights of each expert, each `[channels, classes]`.
 * @param targets Classes of each expert, `[experts, classes]`, 1 or 0.
 * @returns Shape `[batch, classes]`.
 */
export function aceLogits(
  experts: readonly tf.Tensor2D[],
  heads: readonly tf.Tensor2D[],
  targets: tf.Tensor2D,
): tf.Tensor2D {
  const lengths = heads.map((weight) => weight.square().sum().sqrt());
  const own = tf.unstack(targets);
  const scaled = experts.map((logits, expert) =>
    logits.mul(lengths[0].div(lengths[expert].maximum(1e-12))).mul(own[expert])
  );
  return tf.addN(scaled).div(targets.sum(0));
}

/** Options of {@linkcode aceExperts} in addition to those of its backbone. */
export type AceExpertsOptions<Options extends Divisible> =
  & Omit<Options, "experts">
  & AceTargetsOptions
  & {
    /** Training images of each class. */
    counts: readonly number[];
  };

/**
 * Creates a network of experts for increasingly rare classes, each with its own last stage and classifier. Only the
 * gradients of the first expert, which takes all classes, reach the shared stages; the logit of each class is the
 * mean over the experts that it belongs to. Train it with `ace()`. The state `ace/targets` holds the classes of each
 * expert.
 *
 * **A reconstruction** from the paper's description.
 *
 * Source: after Cai et al. 2021, ACE: Ally Complementary Experts for Solving Long-Tailed Recognition in
 * One-Shot.
 *
 * @param backbone Creates the network: `resnet32`, `resnet50`, `resnext50`, `resnetCifar`, `resnet`.
 * @param options Options of the backbone, counts, classes of each expert.
 * @returns The network, to `[batch, classes]`.
 * @throws {RangeError} If there are fewer than two experts or their classes are not nested, or for the reasons of the
 * backbone.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { aceExperts, resnet32 } from "@nbn/toolkit/nn";
 *
 * const net = aceExperts(resnet32, { classes: 3, counts: [500, 50, 5] });
 * assertEquals(net.name, "resnet32-3experts-ace");
 * ```
 */
export function aceExperts<Options extends Divisible>(
  backbone: (options: Options) => Network,
  { counts, upTo, ...options }: AceExpertsOptions<Options>,
): Network {
  const targets = aceTargets(counts, { upTo });
  const count = targets.length;
  const inner = withExperts(backbone, options, {
    count,
    ownStages: 1,
    width: 1,
    trunkLearnsFrom: "first",
  });
  const extended = compose({
    base: inner,
    parts: { ace: constants(() => ({ targets: tf.tensor2d(targets) })) },
    init({ base, part }, inputShape) {
      const { outputShape } = base(inputShape);
      if (outputShape[0] !== counts.length) {
        throw new RangeError(
          `Expected counts of ${
            outputShape[0]
          } classes, as many as the network has, but found ${counts.length}`,
        );
      }
      return part("ace", outputShape);
    },
    apply({ params, state, base }, x, mode) {
      const own = expectTensorAt(state, "ace/targets", 2, inner.name);
      const heads = targets.map((_, i) =>
        expectTensorAt(params, `expert${i + 1}/head/weight`, 2, inner.name)
      );
      const tap = combineExperts(mode.tap, ({ logits }) => aceLogits(logits, heads, own));
      return base(x, { ...mode, tap });
    },
  });
  return network(extended, { name: `${inner.name}-ace` });
}

/** A part that only stores constants as its state. */
function constants(create: () => Params): Module {
  return {
    init: (_random, inputShape) => ({ params: {}, state: create(), outputShape: [...inputShape] }),
    apply: (_params, state, x) => ({ y: x, state }),
  };
}
