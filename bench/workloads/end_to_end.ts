/**
 * Time of a training step whose batches are prepared in parallel.
 *
 * @module
 */
import { batches } from "../../lib/data/batches/mod.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { instanceBalancedSampler } from "../../lib/samplers/mod.ts";
import { PAPER_AUGMENTATION } from "./augmentation.ts";
import { type BenchTraining, openTraining, type TrainingOptions } from "./training.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Steps at the beginning of a turn that consume the batches prepared before it; they are not counted. */
const UNCOUNTED = 5;

/** A training on the built-in images, with the paper's augmentation. */
export interface EndToEnd {
  /** The training. */
  readonly training: BenchTraining;
  /** Performs a step on the next batch. */
  step(): Promise<void>;
  /** Stops the preparation of batches and disposes all tensors. */
  close(): Promise<void>;
}

/**
 * Starts a training on the built-in images.
 *
 * @param options The training.
 * @returns The training with its batches.
 */
export async function endToEndSteps(options: TrainingOptions): Promise<EndToEnd> {
  const training = await openTraining(options);
  const { train } = builtin({ testImages: 1 });
  const stream = instanceBalancedSampler(train.labels, { seed: 0 });
  const prepared = batches(train, stream, {
    batch: options.batch,
    augment: PAPER_AUGMENTATION,
    seed: 0,
  });
  const source = prepared[Symbol.asyncIterator]();
  let next = source.next();
  return {
    training,
    async step() {
      const { images, labels } = (await next).value!;
      next = source.next();
      await training.step(images, labels);
    },
    async close() {
      await prepared.close();
      training.close();
    },
  };
}

/**
 * Sets up a training on the built-in images.
 *
 * @param options The training, and the number of steps counted in a turn.
 * @returns The work; it measures the mean time of the steps of a turn.
 */
export async function endToEnd(
  options: TrainingOptions & { readonly steps: number },
): Promise<Workload> {
  const { training, step, close } = await endToEndSteps(options);
  const { framework, parameters } = training;
  for (let i = 0; i < UNCOUNTED; i++) await step();
  return {
    async measure() {
      for (let i = 0; i < UNCOUNTED; i++) await step();
      const start = performance.now();
      for (let i = 0; i < options.steps; i++) await step();
      return { value: secondsSince(start) / options.steps, framework, parameters };
    },
    close,
  };
}
