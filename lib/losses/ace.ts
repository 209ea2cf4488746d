/**
 * ACE: experts that complement each other.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { sparseSoftmaxCrossEntropy } from "../engine/ops/mod.ts";
import { expectCounts } from "./counts.ts";
import { expectExperts } from "./experts.ts";
import { expectRange } from "./ranges.ts";
import { weightsOf } from "./weighting.ts";

/** Options of {@linkcode ace} and {@linkcode aceEnsemble}. */
export interface AceOptions {
  /**
   * For each expert, the most training images that a class of its own may have; the first takes all
   * classes.
   *
   * @default {[Infinity, 100, 19]: all, Medium and Tail, Tail}
   */
  readonly upTo?: readonly number[];
  /**
   * Weight of the penalty on logits of classes that are not an expert's own, at least 0.
   *
   * @default {1}
   */
  readonly complement?: number;
}

/** The losses of ACE's experts. */
export interface Ace {
  /** Share of the training images that each expert learns from: its learning rate is scaled by it. */
  readonly shares: readonly number[];
  /**
   * The loss of each expert.
   *
   * @param experts Logits of each expert, each `[batch, classes]`.
   * @param labels Shape `[batch]`, int32.
   * @returns A scalar for each expert. The first trains the trunk too; the others train only their expert.
   */
  losses(experts: readonly tf.Tensor2D[], labels: tf.Tensor1D): tf.Scalar[];
}

/**
 * The losses of experts for ever rarer classes, whose sets are nested: cross-entropy of the images of the
 * expert's own classes, plus the mean square of their logits of all other classes. An expert without an
 * image in the batch has the loss 0, as has one that no class is rare enough for.
 *
 * **A reconstruction** from the paper's description.
 *
 * Source: after Cai et al. 2021, ACE: Ally Complementary Experts for Solving Long-Tailed Recognition in
 * One-Shot.
 *
 * @param counts Training images of each class.
 * @param options Classes of each expert, weight of the penalty.
 * @returns Losses and shares.
 * @throws {RangeError} If a count is not above 0, the first expert does not take all classes or a later one
 * more than the one before; when called, if shapes do not fit.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const { shares, losses } = ace([90, 10], { upTo: [Infinity, 50] });
 * assertEquals(shares, [1, 0.1]);
 * const expert = tf.tensor2d([[2, 0]]);
 * const [all, few] = losses([expert, expert], tf.tensor1d([1], "int32"));
 * assertAlmostEquals(all.dataSync()[0], Math.log(1 + Math.exp(2)), 1e-6);
 * assertAlmostEquals(few.dataSync()[0], Math.log(1 + Math.exp(2)) + 4, 1e-6);
 * ```
 */
export function ace(counts: readonly number[], options: AceOptions = {}): Ace {
  const own = ownClasses(counts, options);
  const { complement = 1 } = options;
  expectRange("at least 0", { complement });
  const images = counts.reduce((sum, count) => sum + count, 0);
  return {
    shares: own.map((classes) =>
      counts.reduce((sum, count, c) => sum + classes[c] * count, 0) / images
    ),
    losses(experts, labels) {
      expectExperts(experts, counts);
      expectNumber(experts.length, own.length);
      return experts.map((logits, expert) => {
        const classes = own[expert], foreign = classes.map((owned) => 1 - owned);
        const mine = weightsOf(classes, labels, counts.length);
        const others = Math.max(1, foreign.reduce((sum, value) => sum + value, 0));
        const penalty = logits.square().mul(tf.tensor1d(foreign)).sum(1).mul(complement / others);
        const each = sparseSoftmaxCrossEntropy(logits, labels).add(penalty);
        return each.mul(mine).sum().div(mine.sum().maximum(1)) as tf.Scalar;
      });
    },
  };
}

/**
 * What ACE's experts say together: logits of expert i times ‖W_1‖/‖W_i‖, averaged for each class over the
 * experts that it belongs to.
 *
 * **A reconstruction**, as {@linkcode ace}.
 *
 * Source: after Cai et al. 2021, ACE: Ally Complementary Experts for Solving Long-Tailed Recognition in
 * One-Shot.
 *
 * @param experts Logits of each expert, each `[batch, classes]`.
 * @param heads Classifier weights of each expert, each `[channels, classes]`.
 * @param counts Training images of each class.
 * @param options Classes of each expert.
 * @returns Shape `[batch, classes]`.
 * @throws {RangeError} If there is not a head for each expert, or as for {@linkcode ace}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
 *
 * await engine();
 * const options = { upTo: [Infinity, 50] };
 * const heads = [tf.tensor2d([[3, 4]]), tf.tensor2d([[0, 1]])];
 * const experts = [tf.tensor2d([[2, 2]]), tf.tensor2d([[2, 2]])];
 * assertEquals([...aceEnsemble(experts, heads, [90, 10], options).dataSync()], [2, 6]);
 * ```
 */
export function aceEnsemble(
  experts: readonly tf.Tensor2D[],
  heads: readonly tf.Tensor2D[],
  counts: readonly number[],
  options: AceOptions = {},
): tf.Tensor2D {
  const own = ownClasses(counts, options);
  expectExperts(experts, counts);
  expectNumber(experts.length, own.length);
  expectNumber(heads.length, own.length);
  const length = heads.map((weight) => weight.norm());
  const scaled = experts.map((logits, expert) =>
    logits.mul(length[0].div(length[expert].maximum(1e-12))).mul(tf.tensor1d(own[expert]))
  );
  const members = counts.map((_, c) => own.reduce((sum, classes) => sum + classes[c], 0));
  return tf.addN(scaled).div(tf.tensor1d(members)) as tf.Tensor2D;
}

/** 1 for each class that is an expert's own, by expert. */
function ownClasses(
  counts: readonly number[],
  { upTo = [Infinity, 100, 19] }: AceOptions,
): number[][] {
  expectCounts(counts);
  const nested = upTo.every((most, expert) => expert === 0 || most <= upTo[expert - 1]);
  if (!nested || !(upTo[0] >= Math.max(...counts))) {
    throw new RangeError(
      `Expected upTo to begin with all classes and to fall but found [${upTo}]`,
    );
  }
  return upTo.map((most) => counts.map((count) => count <= most ? 1 : 0));
}

function expectNumber(found: number, expected: number): void {
  if (found === expected) return;
  throw new RangeError(`Expected ${expected} experts, as in upTo, but found ${found}`);
}
