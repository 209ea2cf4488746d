/**
 * One training step: forward, backward, update, recorded once and run as a whole.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import { disposeTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type OperationProfile, profile } from "../engine/profile.ts";
import { type Traced, traced } from "../engine/traced.ts";
import type { AnyLoss } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import type { Optimizer } from "./optimizer.ts";
import type { MixedBatchLoss } from "./mixing.ts";
import type { Precision } from "./result.ts";
import { computeStep, type Given } from "./step_function.ts";

/** Everything that a step changes. */
export type Training = {
  /** Learned parameters. */
  readonly params: Params;
  /** Running statistics. */
  readonly state: Params;
  /** State of the optimizer. */
  readonly optimizer: Params;
  /**
   * State of the loss.
   *
   * @default {empty, as that of most losses}
   */
  readonly loss?: Params;
};

/** What a step is told to compute. */
export interface StepOptions {
  /** Network to train. */
  readonly network: Network;
  /**
   * Network of the teacher that the stage remembers.
   *
   * @default {the one that is trained}
   */
  readonly teacher?: Network;
  /** Loss to train with. */
  readonly loss: AnyLoss;
  /** The same for mixed images; where it is there, every batch has partners and shares. */
  readonly mixedLoss?: MixedBatchLoss;
  /**
   * Paths of the parameters and layers that train; the others are left as they are.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /**
   * Paths of parameters that are left as they are although they would train.
   *
   * @default {none}
   */
  readonly except?: readonly string[];
  /**
   * Whether norm layers that do not train go on normalising by the batch and tracking its statistics (MiSLAS's
   * shifted batch norm), or use their running ones.
   *
   * @default {"fixed"}
   */
  readonly statistics?: "fixed" | "shifting";
  /** How gradients change the parameters. */
  readonly optimizer: Optimizer;
  /** Steps of the whole training: what the loss's progress is a share of. */
  readonly iterations: number;
  /** Precision of the step. */
  readonly precision: Precision;
  /**
   * Seed of what the loss draws.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** What a step found out, by name: `loss`, `magnitude:<path>`, `gradient:<path>`. */
export type StepReport = Readonly<Record<string, number>>;

/** A step that has run. */
export interface StepOutput {
  /** Parameters, statistics and optimizer state after it. */
  readonly training: Required<Training>;
  /** Reads what it found out and frees it: call once. */
  report(): Promise<StepReport>;
}

/** What a step takes besides images and labels. */
export interface StepExtras {
  /** What mixed images show besides their labels. */
  readonly mixed?: { readonly partners: Int32Array; readonly shares: Float32Array };
  /** What the stage remembers from its beginning; stays the caller's. */
  readonly memory?: Params;
}

/** A training step. */
export interface Step {
  /**
   * Runs a step, off the event loop where the backend can.
   *
   * @param training Before the step; stays the caller's.
   * @param images Shape `[batch, height, width, channels]`, normalised.
   * @param labels Shape `[batch]`.
   * @param rate Learning rate.
   * @param iteration Number of the step, from 0.
   * @param extras Partners of mixed images, memory of the stage.
   */
  run(
    training: Training,
    images: { data: Float32Array; shape: readonly number[] },
    labels: Int32Array,
    rate: number,
    iteration: number,
    extras?: StepExtras,
  ): Promise<StepOutput>;
  /**
   * Times the operations of a step with made-up images; the training is not changed.
   *
   * @param training Where to stand; stays the caller's.
   * @param shape Shape of the images, `[batch, height, width, channels]`, of one view.
   * @param memory What the stage remembers from its beginning; stays the caller's.
   * @returns Operations by falling time.
   */
  profile(training: Training, shape: readonly number[], memory?: Params): OperationProfile[];
  /** How often a step was recorded. */
  readonly traces: number;
  /** Frees the recordings. */
  dispose(): void;
}

type StepFunction = Traced<
  [Required<Training>, Given],
  Required<Training> & { readonly report: tf.Tensor }
>;

/**
 * Makes the step of a training. It is recorded again where the loss changes its formula.
 *
 * @param options Network, loss, optimizer, precision.
 * @returns The step.
 */
export function trainingStep(options: StepOptions): Step {
  const phases = options.loss.phases ?? [];
  // A stream of its own: sampler and augmentation draw from the same seed.
  const drawn = rng(options.seed ?? 0).fork("loss").below(2 ** 32) | 0;
  let names: string[] = [];
  let current: { phase: number; run: StepFunction } | undefined;
  let traces = 0;

  const enter = (phase: number): StepFunction => {
    if (current?.phase === phase) return current.run;
    leave();
    const progress = phase === 0 ? 0 : phases[phase - 1];
    const run: StepFunction = traced(
      (training, given) => {
        const computed = computeStep(options, progress, training, given);
        names = computed.names;
        return computed.output;
      },
      { name: "training_step", precision: options.precision },
    );
    current = { phase, run };
    return run;
  };
  const leave = () => {
    traces += current?.run.traces ?? 0;
    current?.run.dispose();
    current = undefined;
  };

  return {
    async run(training, images, labels, rate, iteration, { mixed, memory = {} } = {}) {
      const progress = iteration / options.iterations;
      const run = enter(phases.filter((start) => progress >= start).length);
      const inputs = {
        images: tf.tensor(images.data, [...images.shape], "float32"),
        labels: tf.tensor1d(labels, "int32"),
        rate: tf.scalar(rate),
        seed: tf.tensor1d([drawn, iteration], "int32"),
        mixed: tensorsOf(mixed),
      };
      try {
        const { report, ...next } = await run({ loss: {}, ...training }, { ...inputs, memory });
        const found = names;
        return {
          training: next,
          async report() {
            const values = await report.data();
            report.dispose();
            return Object.fromEntries(found.map((name, i) => [name, values[i]]));
          },
        };
      } finally {
        disposeTree(inputs);
      }
    },
    profile(training, shape, memory = {}) {
      const [batch, ...image] = shape, views = options.loss.views ?? 1;
      const inputs = {
        images: tf.randomNormal([views * batch, ...image], 0, 1, "float32", 0),
        labels: tf.zeros([batch], "int32"),
        rate: tf.scalar(0.1),
        seed: tf.tensor1d([drawn, 0], "int32"),
        mixed: tensorsOf(
          options.mixedLoss &&
            { partners: new Int32Array(batch), shares: new Float32Array(batch).fill(0.5) },
        ),
      };
      try {
        return profile(
          (training: Required<Training>, given: Given) =>
            computeStep(options, 0, training, given).output,
          [{ loss: {}, ...training }, { ...inputs, memory }],
          { precision: options.precision },
        );
      } finally {
        disposeTree(inputs);
      }
    },
    get traces() {
      return traces + (current?.run.traces ?? 0);
    },
    dispose: leave,
  };
}

function tensorsOf(mixed: StepExtras["mixed"]): Record<string, tf.Tensor> {
  if (!mixed) return {};
  return {
    partners: tf.tensor1d(mixed.partners, "int32"),
    shares: tf.tensor1d(mixed.shares, "float32"),
  };
}
