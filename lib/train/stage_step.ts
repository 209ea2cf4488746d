/**
 * The step of a stage.
 *
 * @module
 */
import { rng } from "../core/rng.ts";
import type { Plan } from "./plan.ts";
import { networkOf } from "./stages/network.ts";
import { spanOf } from "./stages/span.ts";
import type { Step } from "./step.ts";
import { trainingStep } from "./training_step.ts";

/**
 * Makes the step of a stage. Its iterations are counted from the first step of the stages that it goes on with.
 *
 * @param plan The whole training.
 * @param number Number of the stage, from 0.
 * @returns The step.
 */
export function stageStep(plan: Plan, number: number): Step {
  const stage = plan.stages[number];
  const { precision, clipNorm, accumulate } = plan;
  return trainingStep({
    network: networkOf(plan, number),
    // What a stage remembers at its beginning is the network of the one before.
    teacher: networkOf(plan, number - 1),
    loss: stage.loss,
    mixedLoss: stage.mixing?.loss,
    trains: stage.trains,
    except: stage.except,
    frozen: stage.frozen,
    statistics: stage.statistics,
    optimizer: stage.optimizer,
    iterations: spanOf(plan.stages, number).iterations,
    precision,
    clipNorm,
    accumulate,
    seed: stageSeed(plan, number),
  });
}

/**
 * Seed of a stage: the training's own for the first, others for the later ones; a stage that continues another one
 * goes on with its.
 *
 * @param plan The training's seed and stages.
 * @param number Number of the stage, from 0.
 * @returns The seed.
 */
export function stageSeed({ seed, stages }: Pick<Plan, "seed" | "stages">, number: number): number {
  const { first } = spanOf(stages, number);
  return first === 0 ? seed : rng(seed).fork(`stage ${first}`).seed;
}
