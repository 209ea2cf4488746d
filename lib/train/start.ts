/**
 * A training before its first step.
 *
 * @module
 */
import type { Checkpoint } from "./checkpoint.ts";
import { initLoss } from "./init_loss.ts";
import type { Plan } from "./plan.ts";

/**
 * Makes parameters, statistics and the states of optimizer and loss.
 *
 * @param plan What is to be trained.
 * @returns The checkpoint of step 0; its tensors are the caller's.
 */
export function start(plan: Plan): Checkpoint {
  const { network, seed, optimizer, data, batch } = plan;
  const { params, state } = network.init(seed, data.train.shape);
  const model = { network, params, state };
  return {
    network: network.name,
    step: 0,
    seed,
    position: 0,
    params,
    state,
    optimizer: optimizer.init(params),
    loss: initLoss(plan.loss, model, { batch, shape: data.train.shape, seed }),
  };
}
