/**
 * Inputs of the loss of a whole batch, whose images are spread over the processes of a cluster.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { rowsOfAll, sameOnAll, type SpreadBatch } from "../engine/cluster/spread_batch.ts";
import { LOSS_INPUTS, type LossInput, type LossInputs } from "../losses/inputs.ts";
import type { AppliedClassifier, AppliedNorm } from "../nn/module.ts";

/**
 * Completes the inputs of a loss. What has rows of images is collected from all processes; what depends on the parameters
 * alone is the same on all, and each process contributes an equal part of its gradient.
 *
 * @param batch The batch.
 * @param logits Logits of this process's images, `[images, classes]`.
 * @param inputs The other inputs, of this process's images.
 * @returns Logits and inputs of the whole batch.
 */
export function ofWholeBatch(
  batch: SpreadBatch,
  logits: tf.Tensor2D,
  inputs: LossInputs,
): { readonly logits: tf.Tensor2D; readonly inputs: LossInputs } {
  const names = (Object.keys(inputs) as LossInput[]).filter((name) => LOSS_INPUTS[name].ofImages);
  const own = names.map((name) => [inputs[name]].flat() as tf.Tensor[]);
  const [all, ...rest] = rowsOfAll(batch, [logits, ...own.flat()]);
  const collected = names.map((name, i) => {
    const tensors = rest.splice(0, own[i].length);
    return [name, Array.isArray(inputs[name]) ? tensors : tensors[0]] as const;
  });
  const { prototypes, norms, classifiers } = inputs;
  return {
    logits: all as tf.Tensor2D,
    inputs: {
      ...inputs,
      ...Object.fromEntries(collected),
      ...(prototypes ? { prototypes: sameOnAll(batch, prototypes) } : {}),
      ...(norms ? { norms: norms.map((norm) => normOnAll(batch, norm)) } : {}),
      ...(classifiers
        ? { classifiers: classifiers.map((classifier) => classifierOnAll(batch, classifier)) }
        : {}),
    },
  };
}

function normOnAll(batch: SpreadBatch, { weight, bias, ...norm }: AppliedNorm): AppliedNorm {
  return { ...norm, weight: sameOnAll(batch, weight), bias: sameOnAll(batch, bias) };
}

/** The classifier of features that are the same on all processes. */
function classifierOnAll(batch: SpreadBatch, classifier: AppliedClassifier): AppliedClassifier {
  return { ...classifier, logits: (features) => sameOnAll(batch, classifier.logits(features)) };
}
