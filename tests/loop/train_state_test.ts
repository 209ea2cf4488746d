/**
 * The training loop as a state machine: states are values and are saved in checkpoints.
 *
 * @module
 */
import { freeTrees } from "../../lib/checkpoints/trees.ts";
import { assert, assertEquals } from "@std/assert";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { flatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { predictor } from "../../lib/inference/predict.ts";
import { agreedStop } from "../../lib/loop/agreed_stop.ts";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import {
  meanLoss,
  medianTime,
  NO_STEPS,
  parseRecentSteps,
  type RecentSteps,
  recentStepsText,
  withStep,
} from "../../lib/loop/recent_steps.ts";
import { runStage } from "../../lib/loop/run_stage.ts";
import {
  fromCheckpoint,
  isLastStage,
  isStageOver,
  stageEnd,
  toCheckpoint,
  type TrainState,
} from "../../lib/loop/train_state.ts";
import { beginNextStage, endStage, finish, type LoopContext } from "../../lib/loop/transitions.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { initialState } from "../../lib/train/initial_state.ts";
import { planOf, prepare } from "../../lib/train/plan.ts";
import { constantSchedule, sgd } from "../../lib/optim/mod.ts";
import { instanceBalancedSampler } from "../../lib/samplers/mod.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { smallImages } from "../train/small_images.ts";
import { smallNetwork } from "../train/small_network.ts";

await engine();

const stage: Stage = {
  name: "first",
  iterations: 3,
  loss: crossEntropy(),
  sampler: instanceBalancedSampler,
  augment: [],
  schedule: constantSchedule(0.1),
  optimizer: sgd(),
};
const options = {
  data: smallImages({ side: 8, max: 8, imbalance: 2 }),
  network: smallNetwork,
  stages: [stage, { ...stage, name: "second", iterations: 2, trains: ["head"] }],
  batch: 8,
  workers: 0,
  evaluateEvery: 9,
};

/** A context that records events and checkpoints. */
async function recorded() {
  const plan = planOf(options, await prepare(options));
  const events: TrainEvent["kind"][] = [], saved: Checkpoint[] = [];
  const own = predictor(plan.network, { precision: plan.precision });
  const context: LoopContext = {
    plan,
    stop: agreedStop(undefined, false),
    observer: {
      emit: ({ kind }) => void events.push(kind),
      log: () => Promise.resolve(),
      save: (checkpoint) => Promise.resolve(`file ${saved.push(checkpoint)}`),
      keepBest: () => Promise.resolve(),
    },
    predictor: () => own,
  };
  return { plan, context, events, saved, dispose: () => own.dispose() };
}

Deno.test("transitions advance through the stages without modifying earlier states", async () => {
  const tensors = tf.memory().numTensors;
  const { plan, context, events, saved, dispose } = await recorded();
  const start = fromCheckpoint(plan, await initialState(plan));
  const position = (state: TrainState) => [state.stage, state.first, state.step, state.position];
  assertEquals([isStageOver(plan, start), stageEnd(plan, start)], [false, 3]);

  const trained = await runStage(context, start);
  assertEquals([position(start), position(trained)], [[0, 0, 0, 0], [0, 0, 3, 24]]);
  assertEquals([isStageOver(plan, trained), trained.isSaved, trained.ends], [true, false, []]);
  assertEquals(trained.pending?.step, 3);

  const ended = await endStage(context, trained);
  assertEquals([ended.isSaved, ended.pending, trained.pending?.step], [true, undefined, 3]);
  assertEquals(ended.ends.map(({ name }) => name), ["first"]);
  assertEquals([ended.recent.losses.length, trained.recent.losses.length], [3, 2]);

  const begun = await beginNextStage(context, ended);
  assertEquals([position(begun), position(ended)], [[1, 3, 3, 0], [0, 0, 3, 24]]);
  assertEquals([isLastStage(plan, begun), begun.isSaved], [true, false]);
  assertEquals(flatten(begun.optimizer).map(([path]) => path), ["head/weight", "head/bias"]);

  const last = await endStage(context, await runStage(context, begun));
  assert(finish(context, last));
  assertEquals(events, [
    ...["step", "step", "step", "evaluation", "checkpoint"] as const,
    ...["stage", "step", "step", "evaluation", "checkpoint", "end"] as const,
  ]);
  assertEquals(saved.map(({ step, stage }) => [step, stage]), [[3, 0], [5, 1]]);
  freeTrees(last);
  dispose();
  assertEquals(tf.memory().numTensors, tensors);
});

Deno.test("an aborted stage saves its state and continues from it", async () => {
  const { plan, context, events, dispose } = await recorded();
  const aborted = { ...context, stop: agreedStop(AbortSignal.abort(), false) };
  const start = fromCheckpoint(plan, await initialState(plan));
  const same = await runStage(aborted, start);
  assertEquals([same.step, isStageOver(plan, same), events], [0, false, ["checkpoint"]]);
  const trained = await runStage(context, same);
  assertEquals([trained.step, isStageOver(plan, trained)], [3, true]);
  await trained.pending!.report();
  freeTrees(trained);
  dispose();
});

Deno.test("a checkpoint contains the state, and old checkpoints without notes can be read", async () => {
  const { plan, dispose } = await recorded();
  const initial = await initialState(plan);
  const state: TrainState = {
    ...fromCheckpoint(plan, initial),
    ...{ stage: 1, step: 4, first: 2, position: 16, isStopped: true, isSaved: true },
    isUnevaluated: true,
    bestSoFar: { best: { accuracy: 50, step: 2, stage: 1 }, since: 1 },
    ends: [{ name: "first", all: 1, mean: 2, head: null, medium: 3, tail: null }],
    recent: { losses: [2, 1], times: [30], added: 0 },
  };
  assertEquals(fromCheckpoint(plan, toCheckpoint(plan, state)), state);
  const { params, state: statistics, optimizer } = initial;
  const early = { network: "small", seed: 0, step: 4, stage: 1, position: 8 };
  const found = fromCheckpoint(plan, { ...early, params, state: statistics, optimizer });
  assertEquals([found.first, found.isStopped, found.ends, found.bestSoFar], [3, false, [], {
    since: 0,
  }]);
  freeTrees(state);
  dispose();
});

Deno.test("recent steps give the mean of the last 100 losses and the median time without the first steps", () => {
  const added = (steps: number, from: RecentSteps = NO_STEPS) =>
    Array.from({ length: steps }, (_, i) => i)
      .reduce((recent, i) => withStep(recent, i, i < 3 ? 1000 : i), from);
  assertEquals([meanLoss(NO_STEPS), medianTime(NO_STEPS)], [NaN, NaN]);
  assertEquals([meanLoss(added(3)), medianTime(added(3))], [1, 1000]);
  assertEquals(added(6).times, [3, 4, 5]);
  assertEquals([added(150).losses[0], added(600).times.length], [50, 500]);
  const resumed = parseRecentSteps(recentStepsText(added(6)));
  assertEquals([resumed.losses, resumed.times], [[0, 1, 2, 3, 4, 5], [4]]);
  // The first steps after resuming are also excluded.
  assertEquals(added(4, resumed).times, [3]);
  assertEquals(parseRecentSteps(recentStepsText(NO_STEPS)), NO_STEPS);
});
