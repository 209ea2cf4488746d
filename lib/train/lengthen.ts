/**
 * Extending a run to more iterations than it was started with.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { planOf, type Preparation, type ResolvedPlan } from "./plan.ts";
import { phaseAt } from "../loop/stages/phase.ts";
import { spanOf, stageSeed, stepsBefore } from "../loop/stages/span.ts";
import type { Stage } from "../loop/stages/stage.ts";

/** Number of sampler draws compared at once. */
const CHUNK = 1 << 16;

/**
 * Returns the plan of the run to resume if it is a shorter version of the longer training.
 *
 * @param options Options of the longer training.
 * @param preparation Its recipe and data, and the run to resume.
 * @param requested Its plan.
 * @returns The shorter plan, or `undefined` if there is no shorter run.
 */
export function shorterPlan(
  options: TrainOptions,
  preparation: Preparation,
  requested: ResolvedPlan,
): ResolvedPlan | undefined {
  // A run is extended only on explicit request, not because the recipe's default length differs.
  if (options.stages || (options.iterations ?? options.epochs) === undefined) return undefined;
  const { iterations, epochs } = preparation.earlier?.settings ?? {};
  if ((iterations ?? epochs) === undefined) return undefined;
  const { evaluateEvery } = requested;
  const plan = planOf({ ...options, iterations, epochs, evaluateEvery }, preparation);
  return plan.iterations < requested.iterations ? plan : undefined;
}

/**
 * Checks that the completed steps of a run equal those of the longer training, so that resuming gives the same result
 * as training for the longer time from the start.
 *
 * @param found Checkpoint of the run.
 * @param before The plan that it was started with.
 * @param longer The same plan with more iterations.
 * @throws {UsageError} If a completed step would have differed; the message names the reason and the remedy.
 */
export function expectLengthens(
  found: Checkpoint,
  before: ResolvedPlan,
  longer: ResolvedPlan,
): void {
  const { stage: index = 0, notes = {} } = found;
  const refuse = (reason: string, remedy: string): never => {
    throw new UsageError(
      `Expected the ${found.step} steps done to be those of a training of ${longer.iterations} ` +
        `too, but ${reason}: ${remedy}, or train from the start in another folder`,
    );
  };
  const ended = before.stages.slice(0, index).findIndex(({ iterations }, stage) =>
    iterations !== longer.stages[stage].iterations
  );
  if (ended >= 0) {
    const [old, now] = [before, longer].map(({ stages }) => stages[ended].iterations);
    refuse(
      `its stage ${before.stages[ended].name} has ended after ${old} and would have taken ${now}`,
      "keep the number of steps",
    );
  }
  if (notes.over === "true") {
    refuse("it was stopped early", "keep the number of steps");
  }
  const first = notes.first === undefined ? stepsBefore(before.stages, index) : Number(notes.first);
  const done = found.step - first;
  const [old, now] = [before.stages[index], longer.stages[index]];
  for (let step = 0; step < done; step++) {
    const [rate, other] = [old.schedule(step), now.schedule(step)];
    if (rate === other) continue;
    refuse(
      `step ${first + step + 1} had the learning rate ${short(rate)} and would have had ` +
        `${short(other)}, since it depends on the length`,
      "use --schedule constant for a run that is to be extended",
    );
  }
  const [oldSpan, newSpan] = [before, longer].map(({ stages }) => spanOf(stages, index));
  const last = oldSpan.before + done - 1;
  const { phases = [] } = old.loss;
  const phase = phaseAt(phases, last / oldSpan.iterations);
  if (done > 0 && phase !== phaseAt(phases, last / newSpan.iterations)) {
    refuse("its loss has entered a phase that would begin later", "keep the number of steps");
  }
  const images = before.batch * before.accumulate;
  expectSameMixing(old, found.position, before, [oldSpan, newSpan], images, refuse);
  expectSameDraws(found.position, before, longer, index, refuse);
}

/** Throws if mixing, which may depend on the number of epochs, would have differed in a completed epoch. */
function expectSameMixing(
  { mixing }: Stage,
  position: number,
  { data }: ResolvedPlan,
  spans: readonly { iterations: number }[],
  images: number,
  refuse: (reason: string, remedy: string) => never,
): void {
  const active = mixing?.active;
  if (!active) return;
  const size = data.train.labels.length;
  const [old, now] = spans.map(({ iterations }) => Math.ceil(iterations * images / size));
  for (let epoch = 0; epoch * size < position; epoch++) {
    if (active(epoch, old) === active(epoch, now)) continue;
    refuse(`${mixing.name} has ended and would end later`, "keep the number of steps");
  }
}

/** Throws if the sampler would have drawn other images. */
function expectSameDraws(
  position: number,
  before: ResolvedPlan,
  longer: ResolvedPlan,
  index: number,
  refuse: (reason: string, remedy: string) => never,
): void {
  const samplers = [before, longer].map(({ stages }) => stages[index].sampler);
  if (samplers[0] === samplers[1]) return;
  const { labels } = before.data.train, seed = stageSeed(before, index);
  const streams = samplers.map((sampler) => sampler(labels, { seed }));
  for (let drawn = 0; drawn < position; drawn += CHUNK) {
    const size = Math.min(CHUNK, position - drawn);
    const [old, now] = streams.map((stream) => stream.fill(new Int32Array(size)));
    if (old.every((image, i) => image === now[i])) continue;
    refuse(
      "its sampler would have drawn other images",
      "use a sampler that does not depend on the length",
    );
  }
}

function short(rate: number): string {
  return String(Number(rate.toPrecision(4)));
}
