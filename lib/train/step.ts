/**
 * One training step: forward, backward, update, recorded once and run as a whole.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import { disposeTree, flatten, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { valueAndGradients } from "../engine/gradients.ts";
import { type OperationProfile, profile } from "../engine/profile.ts";
import { type Traced, traced } from "../engine/traced.ts";
import { type AnyLoss, stateful } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import type { Optimizer } from "./optimizer.ts";
import type { Precision } from "./result.ts";
import { lossTaps } from "./taps.ts";

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
  /** Loss to train with. */
  readonly loss: AnyLoss;
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

/** A training step. */
export interface Step {
  /**
   * Runs a step, off the event loop where the backend can.
   *
   * @param training Before the step; stays the caller's.
   * @param images Shape `[batch, height, width, channels]`, normalised; of a loss of several views
   * `[views · batch, …]`.
   * @param labels Shape `[batch]`.
   * @param rate Learning rate.
   * @param iteration Number of the step, from 0.
   */
  run(
    training: Training,
    images: { data: Float32Array; shape: readonly number[] },
    labels: Int32Array,
    rate: number,
    iteration: number,
  ): Promise<StepOutput>;
  /**
   * Times the operations of a step with made-up images; the training is not changed.
   *
   * @param training Where to stand; stays the caller's.
   * @param shape Shape of the images, `[batch, height, width, channels]`, of one view.
   * @returns Operations by falling time.
   */
  profile(training: Training, shape: readonly number[]): OperationProfile[];
  /** How often a step was recorded. */
  readonly traces: number;
  /** Frees the recordings. */
  dispose(): void;
}

type StepFunction = Traced<
  [Required<Training>, tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor],
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
      (training, images, labels, rate, seed) => {
        const computed = compute(options, progress, training, images, labels, rate, seed);
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
    async run(training, images, labels, rate, iteration) {
      const progress = iteration / options.iterations;
      const run = enter(phases.filter((start) => progress >= start).length);
      const inputs = [
        tf.tensor(images.data, [...images.shape], "float32"),
        tf.tensor1d(labels, "int32"),
        tf.scalar(rate),
        tf.tensor1d([drawn, iteration], "int32"),
      ];
      try {
        const { report, ...next } = await run(
          { loss: {}, ...training },
          inputs[0],
          inputs[1],
          inputs[2],
          inputs[3],
        );
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
        tf.dispose(inputs);
      }
    },
    profile(training, shape) {
      const [batch, ...image] = shape;
      const inputs = [
        tf.randomNormal([(options.loss.views ?? 1) * batch, ...image], 0, 1, "float32", 0),
        tf.zeros([batch], "int32"),
        tf.scalar(0.1),
        tf.tensor1d([drawn, 0], "int32"),
      ];
      try {
        return profile(
          (training: Required<Training>, ...rest: tf.Tensor[]) =>
            compute(options, 0, training, rest[0], rest[1], rest[2], rest[3]).output,
          [{ loss: {}, ...training }, ...inputs],
          { precision: options.precision },
        );
      } finally {
        tf.dispose(inputs);
      }
    },
    get traces() {
      return traces + (current?.run.traces ?? 0);
    },
    dispose: leave,
  };
}

/** The computation itself: works on symbols as on values. */
function compute(
  { network, loss, optimizer }: StepOptions,
  progress: number,
  training: Required<Training>,
  images: tf.Tensor,
  labels: tf.Tensor,
  rate: tf.Tensor,
  seed: tf.Tensor,
) {
  const { apply, uses } = stateful(loss);
  const slopes: [path: string, kept: tf.Tensor][] = [];
  const { loss: value, aux, gradients } = valueAndGradients((params) => {
    const taps = lossTaps(uses);
    const { y, state } = network.apply(params, training.state, images, {
      training: true,
      tap: taps.tap,
      // The tape frees what is not a gradient of the parameters, so these are held until stacked below.
      onMagnitudeGradient: (path, slope) => slopes.push([path, tf.keep(slope.clone())]),
    });
    const found = apply(training.loss, y as tf.Tensor2D, labels as tf.Tensor1D, {
      progress,
      seed: seed as tf.Tensor1D,
      ...taps.found(),
    });
    return { loss: found.loss, aux: { state, loss: found.state } };
  }, training.params);
  const updated = optimizer.update(
    training.params,
    gradients,
    training.optimizer,
    rate as tf.Scalar,
  );
  // Layers report backwards, as the gradient reaches them.
  slopes.reverse();
  const magnitudes = flatten(training.params).filter(([path]) => isMagnitude(path));
  const report = tf.stack(
    [value, ...magnitudes.map(([, g]) => g), ...slopes.map(([, slope]) => slope)]
      .map((scalar) => scalar.reshape([])),
  );
  disposeTree(Object.fromEntries(slopes.map(([, slope], i) => [i, slope])));
  return {
    output: {
      params: updated.params,
      state: aux.state as Params ?? {},
      optimizer: updated.state,
      loss: aux.loss as Params ?? {},
      report,
    },
    names: [
      "loss",
      ...magnitudes.map(([path]) => `magnitude:${path}`),
      ...slopes.map(([path]) => `gradient:${path}`),
    ],
  };
}

/** Whether a path is that of an NBN magnitude, wherever sharing puts it. */
function isMagnitude(path: string): boolean {
  return /(^|\/)(magnitude|biasMagnitude)$/.test(path);
}
