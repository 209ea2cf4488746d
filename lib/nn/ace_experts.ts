/**
 * ACE's network of complementary experts.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { combineExperts } from "./combine_experts.ts";
import type { Network } from "./network.ts";
import type { Divisible } from "./residual_network.ts";

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
 *
 * assertEquals(aceTargets([90, 10], { upTo: [Infinity, 50] }), [[1, 1], [0, 1]]);
 * ```
 */
export function aceTargets(
  counts: readonly number[],
  { upTo = [Infinity, 100, 19] }: AceTargetsOptions = {},
): number[][] {
  if (upTo.length < 2) {
    throw new RangeError(`Expected upTo to name at least 2 experts but found ${upTo.length}`);
  }
  const nested = upTo.every((most, expert) => expert === 0 || most <= upTo[expert - 1]);
  if (!nested || !(upTo[0] >= Math.max(...counts))) {
    throw new RangeError(
      `Expected upTo to begin with all classes and to fall but found [${upTo}]`,
    );
  }
  return upTo.map((most) => counts.map((count) => count <= most ? 1 : 0));
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
  return tf.addN(scaled).div(targets.sum(0)) as tf.Tensor2D;
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
 * import { resnet32 } from "./resnet_cifar.ts";
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
  const experts = backbone({
    ...options,
    experts: { count, ownStages: 1, width: 1, trunkLearnsFrom: "first" },
  } as unknown as Options);
  return {
    name: `${experts.name}-ace`,
    init(seed, inputShape) {
      const made = experts.init(seed, inputShape);
      if (made.outputShape[0] !== counts.length) {
        throw new RangeError(
          `Expected counts of ${
            made.outputShape[0]
          } classes, as many as the network has, but found ` +
            counts.length,
        );
      }
      return { ...made, state: { ...made.state, ace: { targets: tf.tensor2d(targets) } } };
    },
    apply(params, state, x, mode) {
      const { ace, ...rest } = state;
      const own = (ace as Params).targets as tf.Tensor2D;
      const heads = targets.map((_, i) =>
        ((params[`expert${i + 1}`] as Params).head as Params).weight as tf.Tensor2D
      );
      const tap = combineExperts(mode.tap, ({ logits }) => aceLogits(logits, heads, own));
      const result = experts.apply(params, rest, x, { ...mode, tap });
      return { y: result.y, state: { ...result.state, ace } };
    },
  };
}
