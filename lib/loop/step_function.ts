/**
 * The computation of a training step: forward pass, backward pass, update.
 *
 * @module
 */
import { disposeTree, flatten, mapTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { valueAndGradients } from "../engine/gradients.ts";
import { stateful } from "../losses/loss.ts";
import { isMagnitude } from "../nn/nbn.ts";
import type { Network } from "../nn/network.ts";
import { clipped } from "../optim/clip.ts";
import { trainedParams } from "./stages/paths.ts";
import type { StepOptions, Training } from "./step.ts";
import { lossTaps } from "./taps.ts";

/** Inputs of a step besides the training state, as tensors. */
export type Given = {
  /** Images, including all views, `[views · batch, height, width, channels]`. */
  readonly images: tf.Tensor;
  /** Labels, `[batch]`. */
  readonly labels: tf.Tensor;
  /** Learning rate, a scalar. */
  readonly rate: tf.Tensor;
  /** Seed of the random numbers of the loss and index of the batch, `[2]`. */
  readonly seed: tf.Tensor;
  /** State that the stage recorded at its beginning. */
  readonly memory: Params;
  /** Second labels of mixed images and the weight λ of the first; empty without mixing. */
  readonly mixed: Record<string, tf.Tensor>;
};

/** Result of the forward and backward pass of a batch. */
interface BatchGradients {
  /** The trained parameters. */
  readonly learned: Params;
  /** Gradients of the trained parameters. */
  readonly gradients: Params;
  /** Running statistics after the batch. */
  readonly state: Params;
  /** State of the loss after the batch. */
  readonly loss: Params;
  /** Scalars measured by the batch, `[names]`. */
  readonly report: tf.Tensor;
  /** Names of the entries of the report. */
  readonly names: readonly string[];
}

/** Returns all parameters, with the trained ones replaced. */
function whole(params: Params, own: Params, rest = (tensor: tf.Tensor) => tensor): Params {
  const inPlace = new Map(flatten(own));
  return mapTree(params, (tensor, path) => inPlace.get(path) ?? rest(tensor));
}

/** Runs the forward and the backward pass. */
function batchGradients(
  options: StepOptions,
  progress: number,
  training: Pick<Required<Training>, "params" | "state" | "loss">,
  { images, labels, seed, memory, mixed }: Omit<Given, "rate">,
): BatchGradients {
  const { network, teacher = network, statistics = "fixed" } = options;
  const { loss, mixedLoss, trains, frozen } = options;
  const { apply, uses } = stateful(loss);
  const slopes: [path: string, kept: tf.Tensor][] = [];
  const learned = trainedParams(options, training.params);
  const { loss: value, aux, gradients } = valueAndGradients((params) => {
    const taps = lossTaps(uses);
    const { y, state } = network.apply(whole(training.params, params), training.state, images, {
      training: true,
      trains: statistics === "fixed" ? trains : undefined,
      frozen,
      tap: taps.tap,
      onNorm: taps.onNorm,
      // The gradient tape disposes other tensors than the parameters' gradients, so these are kept until stacked below.
      onMagnitudeGradient: (path, slope) => slopes.push([path, tf.keep(slope.clone())]),
    });
    const context = {
      progress,
      seed: seed as tf.Tensor1D,
      ...taps.found(),
      ...(uses?.includes("teacher") ? { teacher: teacherLogits(teacher, memory, images) } : {}),
    };
    const logits = y as tf.Tensor2D, first = labels as tf.Tensor1D;
    if (mixedLoss) {
      const { partners, shares } = mixed as Record<string, tf.Tensor1D>;
      return {
        loss: mixedLoss(logits, first, partners, shares, context),
        aux: { state, loss: training.loss },
      };
    }
    const found = apply(training.loss, logits, first, context);
    return { loss: found.loss, aux: { state, loss: found.state } };
  }, learned);
  // Layers report in reverse order, during the backward pass.
  slopes.reverse();
  const magnitudes = flatten(training.params).filter(([path]) => isMagnitude(path));
  const report = tf.stack(
    [value, ...magnitudes.map(([, g]) => g), ...slopes.map(([, slope]) => slope)]
      .map((scalar) => scalar.reshape([])),
  );
  disposeTree(Object.fromEntries(slopes.map(([, slope], i) => [i, slope])));
  return {
    learned,
    gradients,
    state: aux.state as Params ?? {},
    loss: aux.loss as Params ?? {},
    report,
    names: [
      "loss",
      ...magnitudes.map(([path]) => `magnitude:${path}`),
      ...slopes.map(([path]) => `gradient:${path}`),
    ],
  };
}

/**
 * Adds the gradient of a batch to those of previous batches, both eagerly and during tracing.
 *
 * @param options Network, loss and trained parts.
 * @param progress Progress of the stage, in [0, 1].
 * @param training Parameters, statistics and state of the loss; neither changed nor disposed.
 * @param sum Sum of the gradients of previous batches, for the trained parameters.
 * @param given Images, labels and other inputs.
 * @returns Statistics and state of the loss after the batch, the new sum, and the report.
 */
export function addGradients(
  options: StepOptions,
  progress: number,
  training: Pick<Required<Training>, "params" | "state" | "loss">,
  sum: Params,
  given: Omit<Given, "rate">,
) {
  const { gradients, state, loss, report } = batchGradients(options, progress, training, given);
  return { state, loss, sum: added(sum, gradients), report };
}

/**
 * Computes a step, both eagerly and during tracing.
 *
 * @param options Network, loss, optimizer and trained parts.
 * @param progress Progress of the stage, in [0, 1], which selects the phase of a loss.
 * @param training Training state before the step; neither changed nor disposed.
 * @param given Images, labels and other inputs.
 * @param sum Sum of the gradients of the previous batches of the step, if it has several.
 * @returns The training state after the step with the report, a vector, and the names of its entries.
 */
export function computeStep(
  options: StepOptions,
  progress: number,
  training: Required<Training>,
  { rate, ...given }: Given,
  sum: Params = {},
) {
  const { optimizer, clipNorm, accumulate = 1 } = options;
  const batch = batchGradients(options, progress, training, given);
  const mean = accumulate === 1
    ? batch.gradients
    : mapTree(added(sum, batch.gradients), (slope) => slope.div(accumulate));
  const cut = clipNorm === undefined ? undefined : clipped(mean, clipNorm);
  const updated = optimizer.update(
    batch.learned,
    cut?.gradients ?? mean,
    training.optimizer,
    rate as tf.Scalar,
  );
  return {
    output: {
      params: whole(training.params, updated.params, (tensor) => tensor.clone()),
      state: batch.state,
      optimizer: updated.state,
      loss: batch.loss,
      report: cut ? tf.concat([batch.report, cut.norm.reshape([1])]) : batch.report,
    },
    names: cut ? [...batch.names, "gradientNorm"] : batch.names,
  };
}

/** Adds two gradients. */
function added(sum: Params, gradients: Params): Params {
  const before = new Map(flatten(sum));
  return mapTree(gradients, (slope, path) => slope.add(before.get(path)!));
}

/** Computes the teacher's logits. */
function teacherLogits(network: Network, { teacher }: Params, images: tf.Tensor): tf.Tensor2D {
  const { params, state } = (teacher ?? {}) as { params?: Params; state?: Params };
  if (!params) {
    throw new TypeError(
      "Expected a stage with a loss that has a teacher to remember one but found none: " +
        "begin it with keepTeacher()",
    );
  }
  return network.apply(params, state ?? {}, images, { training: false }).y as tf.Tensor2D;
}
