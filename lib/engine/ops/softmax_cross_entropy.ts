/**
 * Softmax cross-entropy computed directly from the logits, for numerical stability.
 *
 * @module
 */
import { expectLabelTensor } from "./labels.ts";
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";
import { customGradient } from "./custom_gradient.ts";
import { oneHot } from "./one_hot.ts";

/**
 * Computes −Σ_c target_c · log softmax(logits)_c for each example; differentiable in the logits.
 *
 * @param logits Shape `[batch, classes]`, float32.
 * @param targets Shape `[batch, classes]`, each row a distribution; its gradient is 0.
 * @returns Shape `[batch]`.
 * @throws {RangeError} If the shapes differ.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const loss = softmaxCrossEntropy(tf.tensor2d([[0, 0]]), tf.tensor2d([[0.5, 0.5]]));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function softmaxCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  if (logits.rank !== 2 || targets.rank !== 2 || `${logits.shape}` !== `${targets.shape}`) {
    throw new RangeError(
      `Expected logits and targets [batch, classes] but found [${logits.shape}] and [${targets.shape}]`,
    );
  }
  return customGradient([logits, targets], (logits, targets) => {
    const [value, residual] = isNative()
      ? execute("SoftmaxCrossEntropyWithLogits", {}, [logits, targets], 2)
      : portable(logits, targets);
    return {
      value,
      saved: [residual],
      gradient: (dy, [residual]) => [residual.mul(dy.expandDims(1)), tf.zerosLike(residual)],
    };
  });
}

/**
 * Computes −log softmax(logits)_label for each example; differentiable in the logits.
 *
 * @param logits Shape `[batch, classes]`, float32.
 * @param labels Shape `[batch]`, int32, in [0, classes). The range cannot be checked while a function is traced: the
 * loss of a label outside is NaN.
 * @returns Shape `[batch]`.
 * @throws {RangeError} If the shapes do not match, or a label is out of its range.
 * @throws {TypeError} If the labels are not int32.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const loss = sparseSoftmaxCrossEntropy(tf.tensor2d([[0, 0]]), tf.tensor1d([1], "int32"));
 * assertAlmostEquals(loss.dataSync()[0], Math.log(2), 1e-6);
 * ```
 */
export function sparseSoftmaxCrossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor1D {
  if (logits.rank !== 2 || labels.rank !== 1 || logits.shape[0] !== labels.shape[0]) {
    throw new RangeError(
      `Expected logits [batch, classes] and labels [batch] but found [${logits.shape}] and [${labels.shape}]`,
    );
  }
  expectLabelTensor(labels, logits.shape[1]);
  return customGradient([logits], (logits) => {
    const [value, residual] = isNative()
      ? execute("SparseSoftmaxCrossEntropyWithLogits", {}, [logits, labels], 2)
      : portable(logits, oneHot(labels, logits.shape[1]));
    return {
      value,
      saved: [residual],
      gradient: (dy, [residual]) => [residual.mul(dy.expandDims(1))],
    };
  });
}

/** Returns the loss of each example and its gradient, softmax(z) · Σ_c t_c − t. */
function portable(z: tf.Tensor, targets: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const shifted = z.sub(z.max(1, true));
  const sum = shifted.exp().sum(1, true);
  const logSoftmax = shifted.sub(sum.log());
  return [
    logSoftmax.mul(targets).sum(1).neg(),
    logSoftmax.exp().mul(targets.sum(1, true)).sub(targets),
  ];
}
