/**
 * A training before its first step.
 *
 * @module
 */
import type { Checkpoint } from "./checkpoint.ts";
import { initLoss } from "./init_loss.ts";
import type { Plan } from "./plan.ts";
import { expectTrainable } from "./stages/begin.ts";
import { trainedParams } from "./stages/paths.ts";

/**
 * Makes parameters, statistics and the states of optimizer and loss.
 *
 * @param plan What is to be trained.
 * @returns The checkpoint of step 0; its tensors are the caller's.
 * @throws {UsageError} If a stage trains nothing that the network has.
 */
export function start(plan: Plan): Checkpoint {
  const { network, seed, data, batch, stages: [first] } = plan;
  const { params, state } = network.init(seed, data.train.shape);
  expectTrainable(plan.stages, params);
  const model = { network, params, state };
  return {
    network: network.name,
    step: 0,
    stage: 0,
    seed,
    position: 0,
    params,
    state,
    optimizer: first.optimizer.init(trainedParams(first, params)),
    loss: initLoss(first.loss, model, { batch, shape: data.train.shape, seed }),
    memory: {},
  };
}
