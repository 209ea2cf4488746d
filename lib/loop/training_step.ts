/**
 * A training step on batches of arrays: traced once for each phase of its loss and run as one graph.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import { disposeTree, mapTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Precision } from "../engine/precision.ts";
import { type OperationProfile, profile } from "../engine/profile.ts";
import { type Traced, traced } from "../engine/traced.ts";
import { addGradients, computeStep } from "./compute_step.ts";
import { trainedParams } from "./stages/paths.ts";
import { phaseAt } from "./stages/phase.ts";
import type { BatchInputs, StepDefinition, StepState } from "./step_definition.ts";
import { stepInHalves, type TracedStep } from "./step_in_halves.ts";
import { type Measured, readReport, type StepReport } from "./step_report.ts";

/** Options of {@linkcode trainingStep}. */
export interface TrainingStepOptions extends StepDefinition {
  /** Number of steps of the stage and the stages that continue it, which defines the progress of the loss. */
  readonly iterations: number;
  /** Precision of the step. */
  readonly precision: Precision;
  /**
   * Seed of the random numbers of the loss.
   *
   * @default {0}
   */
  readonly seed?: number;
}

/** Images and labels of a batch. */
export interface StepBatch {
  /** Normalised images, including all views, and their shape `[views · images, height, width, channels]`. */
  readonly images: { readonly data: Float32Array; readonly shape: readonly number[] };
  /** Class of each image, `[batch]`; in a cluster, of all images, of which `images` are the part of this process. */
  readonly labels: Int32Array;
  /** Second labels of mixed images and the weight λ of the first; required if the step has a loss for mixed images. */
  readonly mixed?: { readonly partners: Int32Array; readonly shares: Float32Array };
}

/** Other inputs of a batch. */
export interface BatchOptions {
  /** Index of the step, from 0, in the stage and the stages that it continues. */
  readonly iteration: number;
  /**
   * State that the stage recorded at its beginning; the caller keeps ownership.
   *
   * @default {{}}
   */
  readonly memory?: Params;
  /** The previous batches of the same step; consumed. */
  readonly before?: Gathered;
  /**
   * Whether this process wants to stop; in a cluster, the report says whether any does.
   *
   * @default {false}
   */
  readonly stop?: boolean;
}

/** Previous batches of a step. */
export interface Gathered {
  /** Number of batches. */
  readonly batches: number;
  /** Sum of the gradients. */
  readonly sum: Params;
  /** Running statistics after the batches. */
  readonly state: Params;
  /** State of the loss after the batches. */
  readonly loss: Params;
  /** What each batch measured. */
  readonly reports: readonly Measured[];
}

/**
 * Frees previous batches of a step that is given up.
 *
 * @param gathered The batches.
 */
export function disposeGathered({ sum, state, loss, reports }: Gathered): void {
  disposeTree({ sum, state, loss });
  for (const report of reports) disposeTree(report);
}

/** Output of a step. */
export interface StepOutput {
  /** Training state after the step. */
  readonly training: StepState;
  /** Reads the report and frees its tensors; call only once. */
  report(): Promise<StepReport>;
}

/** A training step. */
export interface TrainingStep {
  /**
   * Accumulates the gradient of a batch that is not the last of its step, off the event loop if the backend supports
   * it.
   *
   * @param training Training state before the step; the caller keeps ownership.
   * @param batch The batch.
   * @param options Index of the step, memory of the stage, previous batches.
   * @returns Accumulated batches, to pass to the next batch of the step.
   */
  gather(training: StepState, batch: StepBatch, options: BatchOptions): Promise<Gathered>;
  /**
   * Runs a step on its last batch, usually the only one, off the event loop if the backend supports it.
   *
   * @param training Training state before the step; the caller only disposes it afterwards, for an accelerator takes its
   * memory for the state after the step.
   * @param batch The batch.
   * @param options Learning rate, index of the step, memory of the stage, previous batches of the step.
   */
  run(
    training: StepState,
    batch: StepBatch,
    options: BatchOptions & { readonly rate: number },
  ): Promise<StepOutput>;
  /**
   * Times the operations of a step on random images, without changing the training state.
   *
   * @param training Training state to profile; the caller keeps ownership.
   * @param shape Shape of the images, `[batch, height, width, channels]`, of one view.
   * @returns Operations in descending order of time.
   */
  profile(training: StepState, shape: readonly number[]): Promise<OperationProfile[]>;
  /** Number of times that the step was traced. */
  readonly traces: number;
  /** Frees the traced functions. */
  dispose(): void;
}

/** The traced functions of a phase of the loss. */
interface TracedPhase {
  readonly phase: number;
  readonly run: TracedStep;
  readonly gather: Traced<
    [Pick<StepState, "params" | "state" | "loss">, BatchInputs, Params],
    ReturnType<typeof addGradients>
  >;
}

/**
 * Creates a training step. It is traced again when the loss changes phase.
 *
 * @param options Network, loss, optimizer, precision.
 * @returns The step.
 */
export function trainingStep(options: TrainingStepOptions): TrainingStep {
  const { precision, accumulate = 1, iterations } = options;
  const { transport } = options.cluster ?? {};
  const { phases = [], views = 1 } = options.loss;
  // A forked stream, because sampler and augmentation use the same seed.
  const lossSeed = rng(options.seed ?? 0).fork("loss").below(2 ** 32) | 0;
  let current: TracedPhase | undefined;
  let earlierTraces = 0;

  const phaseOf = (iteration: number): TracedPhase => {
    const phase = phaseAt(phases, iteration / iterations);
    if (current?.phase === phase) return current;
    freePhase();
    const progress = phase === 0 ? 0 : phases[phase - 1];
    return current = {
      phase,
      run: transport ? stepInHalves(options, progress, precision, transport) : traced(
        (training: StepState, inputs: BatchInputs, rate: tf.Tensor, sum: Params) =>
          computeStep(options, progress, training, inputs, rate, sum),
        {
          name: "training_step",
          precision,
          donates: [0, 3],
          shards: ([, { images }]) => [images],
        },
      ),
      gather: traced(
        (before, inputs, sum) => addGradients(options, progress, before, inputs, sum),
        {
          name: "gather_gradients",
          precision,
          donates: [2],
          shards: ([, { images }]) => [images],
        },
      ),
    };
  };
  const freePhase = () => {
    earlierTraces += current?.run.traces ?? 0;
    current?.run.dispose();
    current?.gather.dispose();
    current = undefined;
  };
  const seedOf = (batch: number) => tf.tensor1d([lossSeed, batch], "int32");
  const tensorsOf = ({ images, labels, mixed }: StepBatch, batch: number) => ({
    images: tf.tensor(images.data, [...images.shape], "float32"),
    labels: tf.tensor1d(labels, "int32"),
    seed: seedOf(batch),
    mixed: mixedTensors(mixed),
    wishes: {},
  });

  return {
    async gather({ params, ...training }, batch, { iteration, memory = {}, before }) {
      const { batches = 0, reports = [] } = before ?? {};
      const { gather } = phaseOf(iteration);
      const inputs = tensorsOf(batch, iteration * accumulate + batches);
      const sum = before?.sum ??
        mapTree(trainedParams(options, params), (tensor) => tf.zerosLike(tensor));
      const { state, loss } = before ?? training;
      try {
        const found = await gather({ params, state, loss }, { ...inputs, memory }, sum);
        const { report, ...next } = found;
        return { ...next, batches: batches + 1, reports: [...reports, report] };
      } finally {
        disposeTree({ ...inputs, sum });
        if (before) disposeTree({ state, loss });
      }
    },
    async run(training, batch, { rate, iteration, memory = {}, before, stop = false }) {
      const { batches = 0, reports = [], sum = {} } = before ?? {};
      const { run } = phaseOf(iteration);
      const inputs = {
        ...tensorsOf(batch, iteration * accumulate + batches),
        ...(options.cluster ? { wishes: { stop: tf.scalar(Number(stop)) } } : {}),
      };
      const rateTensor = tf.scalar(rate);
      const { params, optimizer } = training;
      const { state, loss } = before ?? training;
      try {
        const found = await run(
          { params, state, optimizer, loss },
          { ...inputs, memory },
          rateTensor,
          sum,
        );
        const { report, ...next } = found;
        return { training: next, report: () => readReport([...reports, report]) };
      } finally {
        disposeTree({ ...inputs, rate: rateTensor, sum });
        if (before) disposeTree({ state, loss });
      }
    },
    async profile(training, [batch, ...image]) {
      const mixed = options.mixedLoss &&
        { partners: new Int32Array(batch), shares: new Float32Array(batch).fill(0.5) };
      const inputs = {
        images: tf.randomNormal([views * batch, ...image], 0, 1, "float32", 0),
        labels: tf.zeros([batch], "int32"),
        seed: seedOf(0),
        mixed: mixedTensors(mixed),
        wishes: {},
      };
      const rate = tf.scalar(0.1);
      try {
        return await profile(
          (training: StepState, inputs: BatchInputs, rate: tf.Tensor) =>
            computeStep(
              { ...options, accumulate: 1, cluster: undefined },
              0,
              training,
              inputs,
              rate,
              {},
            ),
          [training, { ...inputs, memory: {} }, rate],
          { precision, stays: [0], shards: ([, { images }]) => [images] },
        );
      } finally {
        disposeTree({ ...inputs, rate });
      }
    },
    get traces() {
      return earlierTraces + (current?.run.traces ?? 0);
    },
    dispose: freePhase,
  };
}

function mixedTensors(mixed: StepBatch["mixed"]): Record<string, tf.Tensor> {
  if (!mixed) return {};
  return {
    partners: tf.tensor1d(mixed.partners, "int32"),
    shares: tf.tensor1d(mixed.shares, "float32"),
  };
}
