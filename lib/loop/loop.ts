/**
 * The training loop.
 *
 * @module
 */
import { isAbort } from "../core/abort.ts";
import { freeTrees } from "../checkpoints/trees.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { type Predictor, predictor } from "../inference/predict.ts";
import type { Network } from "../nn/network.ts";
import { agreedStop } from "./agreed_stop.ts";
import type { Observer } from "./observer.ts";
import type { Plan } from "./plan.ts";
import { runStage } from "./run_stage.ts";
import { fromCheckpoint, isLastStage, isStageOver, type TrainState } from "./train_state.ts";
import { beginNextStage, endStage, eventPosition, finish, save } from "./transitions.ts";

/** Result of the training loop. */
export interface Outcome {
  /** Final state; the caller owns its tensors. */
  readonly state: TrainState;
  /** Whether the training is finished rather than interrupted. */
  readonly isComplete: boolean;
}

/**
 * Trains all stages in order.
 *
 * @param plan Resolved configuration of the training.
 * @param start Initial state, from a checkpoint or newly initialised; its tensors are consumed.
 * @param observer Callbacks for progress, logs and checkpoints.
 * @param signal When aborted, stops the training before the next batch, of a step or of an evaluation.
 * @returns Final state and whether the training is finished.
 * @throws {DivergedError} If a loss or a parameter is not finite; the message names the step.
 */
export async function loop(
  plan: Plan,
  start: Checkpoint,
  observer: Observer,
  signal?: AbortSignal,
): Promise<Outcome> {
  using predictors = predictorCache(plan);
  const stop = agreedStop(signal, plan.cluster !== undefined);
  const context = { plan, observer, stop, predictor: predictors.of };
  let state = fromCheckpoint(plan, start);
  try {
    for (;;) {
      if (!isStageOver(plan, state)) {
        state = await runStage(context, state);
        const isInterrupted = !isStageOver(plan, state);
        if (isInterrupted) break;
        if (state.isStopped) observer.emit({ kind: "early stop", ...eventPosition(plan, state) });
      }
      state = await endStage(context, state);
      if (isLastStage(plan, state) || stop.signal?.aborted) break;
      try {
        state = await beginNextStage(context, state);
      } catch (error) {
        // The end of the stage before has been saved.
        if (isAbort(error, stop.signal)) break;
        throw error;
      }
    }
    state = await save(context, state);
    return { state, isComplete: finish(context, state) };
  } catch (error) {
    freeTrees(state);
    throw error;
  }
}

/** Keeps the predictor of the network in use, since consecutive stages usually train the same. */
function predictorCache({ precision, cluster }: Plan) {
  let current: { readonly network: Network; readonly predictor: Predictor } | undefined;
  return {
    of(network: Network): Predictor {
      if (current?.network !== network) {
        current?.predictor.dispose();
        current = { network, predictor: predictor(network, { precision, cluster }) };
      }
      return current.predictor;
    },
    [Symbol.dispose]: () => current?.predictor.dispose(),
  };
}
