/**
 * What a training step computes: forward, backward, update.
 *
 * @module
 */
import { disposeTree, flatten, mapTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { valueAndGradients } from "../engine/gradients.ts";
import { stateful } from "../losses/loss.ts";
import { isMagnitude } from "../nn/nbn.ts";
import type { Network } from "../nn/network.ts";
import { clipped } from "./clip.ts";
import { trainedParams } from "./stages/paths.ts";
import type { StepOptions, Training } from "./step.ts";
import { lossTaps } from "./taps.ts";

/** What a step is given beside the training, as tensors. */
export type Given = {
  /** Images, with all their views. */
  readonly images: tf.Tensor;
  /** Shape `[batch]`. */
  readonly labels: tf.Tensor;
  /** Learning rate, a scalar. */
  readonly rate: tf.Tensor;
  /** Seed of what the loss draws and number of the step. */
  readonly seed: tf.Tensor;
  /** What the stage remembers from its beginning. */
  readonly memory: Params;
  /** Partners and shares of mixed images. */
  readonly mixed: Record<string, tf.Tensor>;
};

/** What a batch says about the parameters. */
interface BatchGradients {
  /** The parameters that train. */
  readonly learned: Params;
  /** A gradient for each of them. */
  readonly gradients: Params;
  /** Running statistics after the batch. */
  readonly state: Params;
  /** State of the loss after the batch. */
  readonly loss: Params;
  /** What it found out, `[names]`. */
  readonly report: tf.Tensor;
  /** Names of the numbers of the report. */
  readonly names: readonly string[];
}

/** All parameters, with others in the places of those that train. */
function whole(params: Params, own: Params, rest = (tensor: tf.Tensor) => tensor): Params {
  const inPlace = new Map(flatten(own));
  return mapTree(params, (tensor, path) => inPlace.get(path) ?? rest(tensor));
}

/** Forward and backward. */
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
      // The tape frees what is not a gradient of the parameters, so these are held until stacked below.
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
  // Layers report backwards, as the gradient reaches them.
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
 * Adds the gradient of a batch to those of others, on symbols as on values.
 *
 * @param options Network, loss and what trains.
 * @param progress Share of the training that is over, from 0 to 1.
 * @param training Parameters, statistics and state of the loss; nothing in it is changed or disposed.
 * @param sum Gradients of the batches before, of what trains.
 * @param given Images, labels and the rest.
 * @returns Statistics and state of the loss after the batch, the new sum, and what was found out.
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
 * Computes a step, on symbols as on values.
 *
 * @param options Network, loss, optimizer and what trains.
 * @param progress Share of the training that is over, from 0 to 1: decides the formula of a loss with phases.
 * @param training Before the step; nothing in it is changed or disposed.
 * @param given Images, labels and the rest.
 * @param sum Gradients of the other batches of the step, where it has several.
 * @returns The training after the step with a vector of what it found out, and the names of that vector's numbers.
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

/** Two gradients together. */
function added(sum: Params, gradients: Params): Params {
  const before = new Map(flatten(sum));
  return mapTree(gradients, (slope, path) => slope.add(before.get(path)!));
}

/** What the network that the stage began with says about the images. */
function teacherLogits(network: Network, { teacher }: Params, images: tf.Tensor): tf.Tensor2D {
  const { params, state } = (teacher ?? {}) as { params?: Params; state?: Params };
  if (!params) {
    throw new TypeError(
      "Expected a stage with a loss that has a teacher to remember one but found none: " +
        "begin it with rememberTeacher()",
    );
  }
  return network.apply(params, state ?? {}, images, { training: false }).y as tf.Tensor2D;
}
