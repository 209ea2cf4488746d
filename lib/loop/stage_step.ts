/**
 * The training step of a stage.
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
 * Creates the training step of a stage. If the stage continues others, iterations count from the beginning of the first
 * of them.
 *
 * @param plan Resolved configuration of the training.
 * @param number Index of the stage, from 0.
 * @returns The step.
 */
export function stageStep(plan: Plan, number: number): Step {
  const stage = plan.stages[number];
  const { precision, clipNorm, accumulate } = plan;
  return trainingStep({
    network: networkOf(plan, number),
    // A teacher recorded at the beginning of a stage is the network of the previous stage.
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
 * Returns the seed of a stage: the training's for the first, a derived one for later stages. A stage that continues
 * another one shares its seed.
 *
 * @param plan Seed and stages of the training.
 * @param number Index of the stage, from 0.
 * @returns The seed.
 */
export function stageSeed({ seed, stages }: Pick<Plan, "seed" | "stages">, number: number): number {
  const { first } = spanOf(stages, number);
  return first === 0 ? seed : rng(seed).fork(`stage ${first}`).seed;
}
