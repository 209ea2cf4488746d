/**
 * The computation of a training step as a pure function of tensors: forward pass, backward pass, update.
 *
 * @module
 */
import { treeDifferences } from "../checkpoints/same_tree.ts";
import { disposeTree, flatten, mapTree, type Params, withReplaced } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type SpreadBatch, spreadBatch } from "../engine/cluster/spread_batch.ts";
import { valueAndGradients } from "../engine/gradients.ts";
import { stateful } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import { clipped } from "../optim/clip.ts";
import { sumsOfAll } from "../engine/cluster/sums_of_all.ts";
import { type Combined, tensorsOf, treesOf, weightedStatistics } from "./combined.ts";
import { trainedParams } from "./stages/paths.ts";
import type { BatchInputs, StepDefinition, StepState } from "./step_definition.ts";
import { type Measured, measured } from "./step_report.ts";
import { lossTaps } from "./taps.ts";
import { ofWholeBatch } from "./whole_batch.ts";

/** The part of the state that every batch of a step updates. */
type BatchState = Pick<StepState, "state" | "loss">;

/** What a step computes before it is combined with what other processes compute for their parts of the batch. */
export type OwnStep = BatchState & {
  /** What is combined; in a single process the gradients only. */
  readonly parts: Combined;
  /** What the batch measures. */
  readonly report: Measured;
};

/**
 * Adds the gradient of a batch to those of the previous batches of its step, both eagerly and during tracing.
 *
 * @param definition Network, loss and trained parts.
 * @param progress Progress of the stage, in [0, 1].
 * @param before Parameters, statistics and state of the loss; neither changed nor disposed.
 * @param inputs Images, labels and other inputs.
 * @param sum Sum of the gradients of the previous batches, for the trained parameters.
 * @returns Statistics and state of the loss after the batch, the new sum, and what the batch measures.
 */
export function addGradients(
  definition: StepDefinition,
  progress: number,
  before: Pick<StepState, "params" | "state" | "loss">,
  inputs: BatchInputs,
  sum: Params,
): BatchState & { sum: Params; report: Measured } {
  const { gradients, ...batch } = batchGradients(definition, progress, before, inputs);
  const own = ownPart(definition, inputs, { ...batch, gradients: {} });
  const { state, loss, report } = withSums(definition, own, sumsOf(definition, own.parts));
  return { state, loss, sum: added(sum, gradients), report };
}

/**
 * Computes a step on its last batch, usually the only one, both eagerly and during tracing.
 *
 * @param definition Network, loss, optimizer and trained parts.
 * @param progress Progress of the stage, in [0, 1], which selects the phase of a loss.
 * @param before Training state before the step; neither changed nor disposed.
 * @param inputs Images, labels and other inputs.
 * @param rate Learning rate, a scalar.
 * @param sum Sum of the gradients of the previous batches of the step, if it has several.
 * @returns The training state after the step and what the batch measures; with gradient clipping also `gradientNorm`,
 * the norm before clipping, and in a cluster `stop`, the number of processes that want to stop.
 */
export function computeStep(
  definition: StepDefinition,
  progress: number,
  before: StepState,
  inputs: BatchInputs,
  rate: tf.Tensor,
  sum: Params,
): StepState & { report: Measured } {
  const own = beginStep(definition, progress, before, inputs, sum);
  return finishStep(definition, before, own, sumsOf(definition, own.parts), rate);
}

/**
 * Computes the first half of a step: the forward and backward pass on the images of this process.
 *
 * @param definition Network, loss and trained parts.
 * @param progress Progress of the stage, in [0, 1].
 * @param before Parameters, statistics and state of the loss before the step; neither changed nor disposed.
 * @param inputs Images, labels and other inputs.
 * @param sum Sum of the gradients of the previous batches of the step, if it has several.
 * @returns What is to be added over all processes, and the rest of the state.
 */
export function beginStep(
  definition: StepDefinition,
  progress: number,
  before: Pick<StepState, "params" | "state" | "loss">,
  inputs: BatchInputs,
  sum: Params,
): OwnStep {
  const { accumulate = 1 } = definition;
  const { gradients, ...batch } = batchGradients(definition, progress, before, inputs);
  const mean = accumulate === 1
    ? gradients
    : mapTree(added(sum, gradients), (gradient) => gradient.div(accumulate));
  return ownPart(definition, inputs, { ...batch, gradients: mean });
}

/**
 * Computes the second half of a step: the update.
 *
 * @param definition Optimizer, trained parts, gradient clipping.
 * @param before Parameters and state of the optimizer before the step; neither changed nor disposed.
 * @param own Rest of the state after {@linkcode beginStep}.
 * @param all Sums of the parts of all processes.
 * @param rate Learning rate, a scalar.
 * @returns The training state after the step and what the batch measures.
 */
export function finishStep(
  definition: StepDefinition,
  before: Pick<StepState, "params" | "optimizer">,
  own: Omit<OwnStep, "parts">,
  all: Combined,
  rate: tf.Tensor,
): StepState & { report: Measured } {
  const { optimizer, clipNorm } = definition;
  const { gradients, norm } = clipNorm === undefined
    ? { gradients: all.gradients, norm: undefined }
    : clipped(all.gradients, clipNorm);
  const trained = trainedParams(definition, before.params);
  const updated = optimizer.update(trained, gradients, before.optimizer, rate as tf.Scalar);
  const { state, loss, report } = withSums(definition, own, all);
  return {
    params: withReplaced(before.params, updated.params, (tensor) => tensor.clone()),
    state,
    optimizer: updated.state,
    loss,
    report: { ...report, ...(norm ? { gradientNorm: norm } : {}) },
  };
}

/** Result of the forward and backward pass of a batch. */
interface BatchGradients extends BatchState {
  /** Gradients of the trained parameters. */
  readonly gradients: Params;
  /** What the batch measures. */
  readonly report: Measured;
  /** Paths of the state that the batch has changed. */
  readonly changed: ReadonlySet<string>;
}

/** Runs the forward and the backward pass. */
function batchGradients(
  definition: StepDefinition,
  progress: number,
  before: Pick<StepState, "params" | "state" | "loss">,
  batch: BatchInputs,
): BatchGradients {
  const { images, labels, seed, memory, mixed } = batch;
  const { network, teacher = network, statistics = "fixed" } = definition;
  const { loss, mixedLoss, trains, frozen, syncBatchNorm } = definition;
  const { apply, uses } = stateful(loss);
  const magnitudeGradients = new Map<string, tf.Tensor>();
  const trained = trainedParams(definition, before.params);
  const spread = spreadOf(definition, labels);
  let changed = new Set<string>();
  const { loss: value, aux, gradients } = valueAndGradients((params) => {
    const taps = lossTaps(uses);
    const all = withReplaced(before.params, params);
    const { y, state } = network.apply(all, before.state, images, {
      training: true,
      trains: statistics === "fixed" ? trains : undefined,
      frozen,
      tap: taps.tap,
      onNorm: taps.onNorm,
      onClassifier: taps.onClassifier,
      spread: syncBatchNorm ? spread : undefined,
      labels: labelsOfInput(batch, spread),
      // The gradient tape disposes all tensors but the gradients of parameters, so these are kept until copied below.
      onMagnitudeGradient: (path, gradient) =>
        magnitudeGradients.set(path, tf.keep(gradient.clone())),
    });
    changed = changedPaths(before.state, state);
    const own = {
      ...taps.found(),
      ...(uses?.includes("teacher") ? { teacher: teacherLogits(teacher, memory, images) } : {}),
    };
    const { logits, inputs } = spread
      ? ofWholeBatch(spread, y as tf.Tensor2D, own)
      : { logits: y as tf.Tensor2D, inputs: own };
    const context = { progress, seed: seed as tf.Tensor1D, ...inputs };
    const first = labels as tf.Tensor1D;
    if (mixedLoss) {
      const { partners, shares } = mixed as Record<string, tf.Tensor1D>;
      return {
        loss: mixedLoss(logits, first, partners, shares, context),
        aux: { state, loss: before.loss },
      };
    }
    const found = apply(before.loss, logits, first, context);
    expectSameState(before.loss, found.state);
    return { loss: found.loss, aux: { state, loss: found.state } };
  }, trained);
  const report = measured(value, before.params, magnitudeGradients);
  disposeTree(Object.fromEntries(magnitudeGradients));
  return {
    gradients,
    state: aux.state as Params ?? {},
    loss: aux.loss as Params ?? {},
    report,
    changed,
  };
}

/** The label of each image that this process applies the network to; of mixed images that of the larger share. */
function labelsOfInput({ images, labels, mixed }: BatchInputs, spread?: SpreadBatch): tf.Tensor1D {
  const { partners, shares } = mixed;
  const main = partners ? tf.where(shares.greaterEqual(0.5), labels, partners) : labels;
  const own = spread ? main.slice([spread.own.first], [spread.own.count]) : main;
  const views = images.shape[0] / own.shape[0];
  return (views > 1 ? tf.tile(own, [views]) : own) as tf.Tensor1D;
}

/** The batch of a step, if it is spread over several processes. */
function spreadOf({ cluster }: StepDefinition, { shape: [images] }: tf.Tensor) {
  return cluster && spreadBatch(cluster, images);
}

/** Selects what the processes combine of what they have computed for their parts of a batch. */
function ownPart(
  definition: StepDefinition,
  { labels, wishes }: BatchInputs,
  { gradients, state, loss, report, changed }: BatchGradients,
): OwnStep {
  const spread = spreadOf(definition, labels);
  if (!spread) {
    return { parts: { scalars: {}, statistics: {}, gradients }, state, loss, report };
  }
  const measured = Object.entries(report).filter(([name]) => name.startsWith("gradient:"));
  const scalars = { ...Object.fromEntries(measured), ...wishes };
  const statistics = weightedStatistics(spread, state, changed);
  return { parts: { scalars, statistics, gradients }, state, loss, report };
}

/** Adds the parts of all processes in few operations. */
function sumsOf({ cluster }: StepDefinition, parts: Combined): Combined {
  return cluster ? treesOf(sumsOfAll(cluster, tensorsOf(parts)), parts) : parts;
}

/** Replaces by their sums what a process has measured for its part of a batch. */
function withSums(
  { cluster }: StepDefinition,
  { state, loss, report }: Omit<OwnStep, "parts">,
  { scalars, statistics }: Combined,
): Omit<OwnStep, "parts"> {
  if (!cluster) return { state, loss, report };
  const mean = statistics as Record<string, tf.Tensor>;
  return {
    state: mapTree(state, (tensor, path) => mean[path] ?? tensor.clone()),
    loss,
    report: { ...report, ...scalars as Measured },
  };
}

/** Paths of the tensors that a network has replaced in its state. */
function changedPaths(before: Params, after: Params): Set<string> {
  const old = new Map(flatten(before));
  return new Set(flatten(after).filter(([path, x]) => old.get(path) !== x).map(([path]) => path));
}

/** Adds two gradients. */
function added(sum: Params, gradients: Params): Params {
  const before = new Map(flatten(sum));
  return mapTree(gradients, (gradient, path) => gradient.add(before.get(path)!));
}

/** Checks that a loss returns a state like the one that it was given. */
function expectSameState(before: Params, after: Params): void {
  const [difference] = treeDifferences(after, before);
  if (difference === undefined) return;
  throw new TypeError(
    `Expected apply() of the loss to return a state like that of init() but found another: ${difference}`,
  );
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
