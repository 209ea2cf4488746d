/**
 * The steps of a stage of the training.
 *
 * @module
 */
import { freeTrees } from "../checkpoints/trees.ts";
import { isAbort } from "../core/abort.ts";
import { disposeTree } from "../core/tree.ts";
import type { Stage } from "./stages/stage.ts";
import { replaced } from "./stages/begin.ts";
import { type StageStepOutput, stageSteps } from "./stage_steps.ts";
import { isStageOver, stageEnd, type TrainState } from "./train_state.ts";
import { evaluate, type LoopContext, save, settle } from "./transitions.ts";

/**
 * Runs the remaining steps of the current stage, with its evaluations and checkpoints, until it ends, is stopped early
 * or is interrupted; a step that is interrupted before its last batch has not been done. While a step runs, the next
 * batch is prepared and the report of the previous step is read.
 *
 * @param context The training and its callbacks.
 * @param start State within the stage; its tensors are consumed, also on failure.
 * @returns The state after the last step: saved if it was interrupted, neither evaluated nor saved if the stage ends.
 */
export async function runStage(context: LoopContext, start: TrainState): Promise<TrainState> {
  const { plan, stop } = context;
  const stage = plan.stages[start.stage], end = stageEnd(plan, start);
  const projectEvery = stage.projection?.every ??
    Math.ceil(plan.data.train.labels.length / (plan.batch * plan.accumulate));
  const steps = stageSteps(plan, start.stage, start.position);
  let state = start, started = performance.now();
  try {
    if (state.isUnevaluated) state = await evaluate(context, state);
    while (!isStageOver(plan, state) && !stop.signal?.aborted) {
      const iteration = state.step - state.first;
      const rate = stage.schedule(iteration);
      const { memory } = state, isLast = state.step + 1 === end;
      // The processes of a cluster stop after the same step, so that none may give up one.
      const signal = plan.cluster ? undefined : stop.signal;
      const options = { iteration, rate, memory, isLast, signal, stop: stop.wants() };
      const [output, settled] = await Promise.allSettled([
        steps.next(state, options),
        settle(context, state),
      ]);
      state = settled.status === "fulfilled" ? settled.value : { ...state, pending: undefined };
      if (output.status === "rejected") {
        if (isAbort(output.reason, stop.signal)) break;
        throw output.reason;
      }
      const now = performance.now();
      state = afterStep(state, output.value, rate, now - started);
      started = now;
      if (settled.status === "rejected") throw settled.reason;
      const { step, first } = state;
      if ((step - first) % projectEvery === 0 || step === end) {
        state = projected(stage, state);
      }
      // The last step of a stage is evaluated and saved when the stage ends.
      if (step === end) break;
      const evaluates = step % plan.evaluateEvery === 0, saves = step % plan.checkpointEvery === 0;
      if (evaluates || saves) state = await settle(context, state);
      if (evaluates) state = await evaluate(context, state);
      if (saves && !state.isStopped) state = await save(context, state);
      if (evaluates || saves) started = performance.now();
    }
    // Before the threads are waited for, which takes as long as their disk.
    return stop.signal?.aborted && !isStageOver(plan, state) ? await save(context, state) : state;
  } catch (error) {
    // Logs the last step even if a later one has failed.
    await settle(context, state).catch(() => {});
    freeTrees(state);
    throw error;
  } finally {
    await steps.close();
  }
}

/** Returns the state after a step, and frees the tensors of the state before it. */
function afterStep(
  { params, state, optimizer, loss, ...before }: TrainState,
  { training, position, report }: StageStepOutput,
  learningRate: number,
  milliseconds: number,
): TrainState {
  for (const tree of [params, state, optimizer, loss]) disposeTree(tree);
  const step = before.step + 1, pending = { step, learningRate, milliseconds, report };
  return { ...before, ...training, step, position, pending, isSaved: false };
}

/** Projects the parameters as the stage requires. */
function projected({ projection }: Stage, state: TrainState): TrainState {
  if (!projection) return state;
  const changed = projection.project(state.params, state.memory);
  return { ...state, params: replaced(state.params, changed) };
}
