/**
 * A training before its first step.
 *
 * @module
 */
import type { Checkpoint } from "./checkpoint.ts";
import { expectedOf } from "./expected.ts";
import { initLoss } from "./init_loss.ts";
import type { Plan } from "./plan.ts";
import { expectTrainable } from "./stages/begin.ts";
import { networkOf } from "./stages/network.ts";
import { trainedParams } from "./stages/paths.ts";

/**
 * Makes parameters, statistics and the states of optimizer and loss.
 *
 * @param plan What is to be trained.
 * @returns The checkpoint of step 0; its tensors are the caller's.
 * @throws {UsageError} If a stage trains nothing that the network has.
 */
export function start(plan: Plan): Checkpoint {
  const { seed, data, batch, stages: [first] } = plan;
  const network = networkOf(plan, 0);
  const { params, state } = network.init(seed, data.train.shape);
  const byNetwork = Map.groupBy(plan.stages, (_, number) => networkOf(plan, number));
  for (const [other, stages] of byNetwork) {
    expectTrainable(
      stages,
      other === network ? params : expectedOf(other, data.train.shape).params!,
    );
  }
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
