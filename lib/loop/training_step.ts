/**
 * A training step (forward pass, backward pass, update), traced once and run as one graph.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import { disposeTree, mapTree, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { profile } from "../engine/profile.ts";
import { type Traced, traced } from "../engine/traced.ts";
import { trainedParams } from "./stages/paths.ts";
import type { Step, StepExtras, StepOptions, StepReport, Training } from "./step.ts";
import { addGradients, computeStep, type Given } from "./step_function.ts";

type StepFunction = Traced<
  [Required<Training>, Given, Params],
  Required<Training> & { readonly report: tf.Tensor }
>;
type GatherFunction = Traced<
  [Pick<Required<Training>, "params" | "state" | "loss">, Omit<Given, "rate">, Params],
  ReturnType<typeof addGradients>
>;

/**
 * Creates a training step. It is traced again when the loss changes phase.
 *
 * @param options Network, loss, optimizer, precision.
 * @returns The step.
 */
export function trainingStep(options: StepOptions): Step {
  const { precision, accumulate = 1 } = options;
  const phases = options.loss.phases ?? [];
  // A forked stream, because sampler and augmentation use the same seed.
  const drawn = rng(options.seed ?? 0).fork("loss").below(2 ** 32) | 0;
  let names: readonly string[] = [];
  let current: { phase: number; run: StepFunction; gather: GatherFunction } | undefined;
  let traces = 0;

  const enter = (iteration: number) => {
    const phase = phaseAt(phases, iteration / options.iterations);
    if (current?.phase === phase) return current;
    leave();
    const progress = phase === 0 ? 0 : phases[phase - 1];
    const run: StepFunction = traced(
      (training, given, sum) => {
        const computed = computeStep(options, progress, training, given, sum);
        names = computed.names;
        return computed.output;
      },
      { name: "training_step", precision },
    );
    const gather: GatherFunction = traced(
      (training, given, sum) => addGradients(options, progress, training, sum, given),
      { name: "gather_gradients", precision },
    );
    return current = { phase, run, gather };
  };
  const leave = () => {
    traces += current?.run.traces ?? 0;
    current?.run.dispose();
    current?.gather.dispose();
    current = undefined;
  };
  /** Creates the input tensors of a batch. */
  const inputsOf = (
    { data, shape }: { data: Float32Array; shape: readonly number[] },
    labels: Int32Array,
    batch: number,
    mixed: StepExtras["mixed"],
  ) => ({
    images: tf.tensor(data, [...shape], "float32"),
    labels: tf.tensor1d(labels, "int32"),
    seed: tf.tensor1d([drawn, batch], "int32"),
    mixed: tensorsOf(mixed),
  });

  return {
    async gather(training, images, labels, iteration, { mixed, memory = {}, before } = {}) {
      const { batches = 0, reports = [] } = before ?? {};
      const { gather } = enter(iteration);
      const inputs = inputsOf(images, labels, iteration * accumulate + batches, mixed);
      const sum = before?.sum ?? zerosLike(trainedParams(options, training.params));
      const { state, loss = {} } = before ?? training;
      try {
        const { params } = training;
        const found = await gather({ params, state, loss }, { ...inputs, memory }, sum);
        const { report, ...next } = found;
        return { ...next, batches: batches + 1, reports: [...reports, report] };
      } finally {
        disposeTree({ ...inputs, sum });
        if (before) disposeTree({ state, loss });
      }
    },
    async run(training, images, labels, rate, iteration, { mixed, memory = {}, before } = {}) {
      const { batches = 0, reports = [], sum = {} } = before ?? {};
      const { run } = enter(iteration);
      const inputs = {
        ...inputsOf(images, labels, iteration * accumulate + batches, mixed),
        rate: tf.scalar(rate),
      };
      const { state, loss = {} } = before ?? training;
      try {
        const { report, ...next } = await run(
          { ...training, state, loss },
          { ...inputs, memory },
          sum,
        );
        const found = names;
        return {
          training: next,
          report: async () => named(found, await means([...reports, report])),
        };
      } finally {
        disposeTree({ ...inputs, sum });
        if (before) disposeTree({ state, loss });
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
            computeStep({ ...options, accumulate: 1 }, 0, training, given).output,
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

/**
 * Returns the phase of a loss.
 *
 * @param phases Progress values at which the loss changes, ascending.
 * @param progress Progress of the stage, in [0, 1].
 * @returns Index of the phase, from 0.
 */
export function phaseAt(phases: readonly number[], progress: number): number {
  return phases.filter((start) => progress >= start).length;
}

function zerosLike(params: Params): Params {
  return mapTree(params, (tensor) => tf.zerosLike(tensor));
}

/**
 * Averages report vectors elementwise and disposes them; trailing entries that only the last one has are returned as
 * they are.
 */
async function means(reports: readonly tf.Tensor[]): Promise<number[]> {
  const all = await Promise.all(reports.map((report) => report.data()));
  for (const report of reports) report.dispose();
  return [...all[all.length - 1]].map((_, i) => {
    const values = all.filter((report) => i < report.length).map((report) => report[i]);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

function named(names: readonly string[], values: readonly number[]): StepReport {
  return Object.fromEntries(names.map((name, i) => [name, values[i]]));
}

function tensorsOf(mixed: StepExtras["mixed"]): Record<string, tf.Tensor> {
  if (!mixed) return {};
  return {
    partners: tf.tensor1d(mixed.partners, "int32"),
    shares: tf.tensor1d(mixed.shares, "float32"),
  };
}
