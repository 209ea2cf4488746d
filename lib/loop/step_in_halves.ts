/**
 * A training step whose gradients are added between its two halves, by a library outside of TensorFlow.
 *
 * @module
 */
import { disposeTree, mapTree, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import { addInPlace } from "../engine/cluster/add_in_place.ts";
import { divided, joined } from "../engine/cluster/sums_of_all.ts";
import type { Transport } from "../engine/cluster/transport.ts";
import type { Precision } from "../engine/precision.ts";
import { traced } from "../engine/traced.ts";
import { type Combined, tensorsOf, treesOf } from "./combined.ts";
import { beginStep, finishStep, type OwnStep } from "./compute_step.ts";
import { trainedParams } from "./stages/paths.ts";
import type { BatchInputs, StepDefinition, StepState } from "./step_definition.ts";
import type { Measured } from "./step_report.ts";

/** A traced step. */
export interface TracedStep {
  /**
   * Runs the step.
   *
   * @param training Training state before the step; the caller keeps ownership.
   * @param inputs The batch.
   * @param rate Learning rate, a scalar.
   * @param sum Sum of the gradients of the previous batches of the step, if it has several.
   * @returns The training state after the step and what the batch measures; the caller owns the tensors.
   */
  (
    training: StepState,
    inputs: BatchInputs,
    rate: tf.Tensor,
    sum: Params,
  ): Promise<StepState & { report: Measured }>;
  /** Number of times that it was traced. */
  readonly traces: number;
  /** Frees the recorded functions. */
  dispose(): void;
}

/** The first half, with all that is to be added in one flat tensor. */
type FirstHalf = Omit<OwnStep, "parts"> & Omit<Combined, "gradients"> & {
  readonly flat: tf.Tensor;
};

/**
 * Traces a step as two functions.
 *
 * @param definition Network, loss, optimizer, trained parts and cluster.
 * @param progress Progress of the stage, in [0, 1], which selects the phase of a loss.
 * @param precision Precision of both.
 * @param transport Adds the gradients of all processes.
 * @returns The step.
 */
export function stepInHalves(
  definition: StepDefinition,
  progress: number,
  precision: Precision,
  transport: Transport,
): TracedStep {
  type Before = Pick<StepState, "params" | "state" | "loss">;
  const first = traced((before: Before, inputs: BatchInputs, sum: Params): FirstHalf => {
    const { parts, ...own } = beginStep(definition, progress, before, inputs, sum);
    const { scalars, statistics } = mapTree(
      { ...parts, gradients: {} },
      (tensor) => tensor.clone(),
    );
    return { ...own, scalars, statistics, flat: joined(tensorsOf(parts)) } as FirstHalf;
  }, { name: "training_step", precision });
  type Rest = Pick<StepState, "params" | "optimizer">;
  const second = traced((before: Rest, { flat, state, ...own }: FirstHalf, rate: tf.Tensor) => {
    const { scalars, statistics } = own, gradients = trainedParams(definition, before.params);
    const like = { scalars, statistics, gradients };
    const all = treesOf(divided(flat, tensorsOf(like)), like);
    // A tensor must not be an input and an output.
    const loss = mapTree(own.loss, (tensor) => tensor.clone());
    const report = mapTree(own.report, (tensor) => tensor.clone()) as Measured;
    return finishStep(definition, before, { state, loss, report }, all, rate);
  }, { name: "update", precision });
  const run = async (
    { params, state, optimizer, loss }: StepState,
    inputs: BatchInputs,
    rate: tf.Tensor,
    sum: Params,
  ) => {
    const own = await first({ params, state, loss }, inputs, sum);
    try {
      await addInPlace(transport, own.flat);
      return await second({ params, optimizer }, own, rate);
    } finally {
      disposeTree(own);
    }
  };
  return Object.defineProperty(
    Object.assign(run, {
      dispose() {
        first.dispose();
        second.dispose();
      },
    }),
    "traces",
    { get: () => first.traces },
  ) as TracedStep;
}
