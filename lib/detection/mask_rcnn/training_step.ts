/**
 * A training step of a detector, recorded once.
 *
 * @module
 */
import { flatten, type Params, unflatten, withReplaced } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { valueAndGradients } from "../../engine/gradients.ts";
import type { Precision } from "../../engine/precision.ts";
import { traced } from "../../engine/traced.ts";
import { clipped } from "../../optim/clip.ts";
import type { Optimizer } from "../../optim/optimizer.ts";
import type { DetectionBatch } from "./batch.ts";
import type { DetectionLosses, Detector } from "./detector.ts";

/** Everything that a step updates. */
export type DetectorTraining = {
  /** Parameters, also those that are frozen. */
  readonly params: Params;
  /** Running statistics and state of the loss. */
  readonly state: Params;
  /** State of the optimizer. */
  readonly optimizer: Params;
};

/** Options of {@linkcode detectorStep}. */
export interface DetectorStepOptions {
  /** Optimizer of the trained parameters. */
  readonly optimizer: Optimizer;
  /**
   * Upper bound of the norm of the gradient.
   *
   * @default {no limit, as in mmdetection}
   */
  readonly clipNorm?: number;
  /**
   * Precision of the step.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
}

/** What a step returns; the caller owns its tensors. */
export type DetectorStepOutput = {
  /** Training state after the step. */
  readonly training: DetectorTraining;
  /** The losses. */
  readonly losses: DetectionLosses;
};

/** A training step of a detector. */
export interface DetectorStep {
  /**
   * Creates the state before the first step.
   *
   * @param seed Seed of the initialisation.
   * @returns The state; the caller owns its tensors.
   */
  start(seed: number): DetectorTraining;
  /**
   * Runs a step, off the event loop if the backend supports it.
   *
   * @param training State before the step; the caller keeps ownership.
   * @param batch Images and objects; the caller keeps ownership.
   * @param rate Learning rate.
   * @param seed Seed of the training and number of the step.
   * @returns State after the step, and losses.
   */
  run(
    training: DetectorTraining,
    batch: DetectionBatch,
    rate: number,
    seed: readonly [number, number],
  ): Promise<DetectorStepOutput>;
  /** Number of times that the step was traced. */
  readonly traces: number;
  /** Frees the traced functions. */
  dispose(): void;
}

/**
 * Creates the training step of a detector: losses, gradients and update are one traced function, recorded once for
 * each size of the batch.
 *
 * @param detector The detector.
 * @param options Optimizer, gradient clipping, precision.
 * @returns The step.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { detectorStep, maskRcnn, regionCrossEntropy } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { resnetTrunk } from "@nbn/toolkit/nn";
 * import { sgd } from "@nbn/toolkit/optim";
 *
 * await engine();
 * const backbone = resnetTrunk({ depth: 18, width: 0.05 }), boxSample = { count: 8, positive: 4 };
 * const detector = maskRcnn({ backbone, loss: regionCrossEntropy(2), channels: 4, hidden: 4, boxSample });
 * const step = detectorStep(detector, { optimizer: sgd() });
 * const batch = {
 *   images: tf.randomNormal([1, 32, 32, 3]) as tf.Tensor4D,
 *   sizes: tf.tensor2d([[32, 32]]),
 *   boxes: tf.tensor3d([[[4, 4, 20, 20]]]),
 *   labels: tf.tensor2d([[1]], [1, 1], "int32"),
 *   present: tf.tensor2d([[1]]),
 *   masks: tf.ones([1, 1, 32, 32], "bool") as tf.Tensor4D,
 * };
 * const { losses } = await step.run(step.start(0), batch, 0.01, [0, 0]);
 * assertEquals(Object.keys(losses), ["objectness", "anchors", "classes", "boxes", "masks"]);
 * step.dispose();
 * ```
 */
export function detectorStep(
  detector: Detector,
  { optimizer, clipNorm, precision }: DetectorStepOptions,
): DetectorStep {
  const trained = (params: Params) =>
    unflatten(flatten(params).filter(([path]) => !detector.isFrozen(path)));
  const step = traced((
    training: DetectorTraining,
    batch: DetectionBatch,
    { rate, seed }: { rate: tf.Scalar; seed: tf.Tensor1D },
  ): DetectorStepOutput => {
    const learned = trained(training.params);
    const { aux, gradients } = valueAndGradients((own) => {
      const all = withReplaced(training.params, own);
      const { losses, state } = detector.losses(all, training.state, batch, seed);
      return { loss: tf.addN(Object.values(losses)), aux: { losses, state } };
    }, learned);
    const slopes = clipNorm === undefined ? gradients : clipped(gradients, clipNorm).gradients;
    const next = optimizer.update(learned, slopes, training.optimizer, rate);
    return {
      training: {
        params: withReplaced(training.params, next.params),
        state: aux.state as Params,
        optimizer: next.state,
      },
      losses: aux.losses as DetectionLosses,
    };
  }, { name: "detector_step", precision });
  return {
    start(seed) {
      const { params, state } = detector.init(seed);
      return { params, state, optimizer: optimizer.init(trained(params)) };
    },
    async run(training, batch, rate, seed) {
      const given = { rate: tf.scalar(rate), seed: tf.tensor1d([...seed], "int32") };
      try {
        return await step(training, batch, given);
      } finally {
        given.rate.dispose();
        given.seed.dispose();
      }
    },
    get traces() {
      return step.traces;
    },
    dispose: () => step.dispose(),
  };
}
