/**
 * Initial state of a training.
 *
 * @module
 */
import type { Weights } from "../nn/torchvision.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { expectedOf } from "../checkpoints/expected.ts";
import { initLoss } from "../loop/init_loss.ts";
import type { ResolvedPlan } from "./plan.ts";
import { pretrained } from "../runs/pretrained.ts";
import { expectTrainable } from "../loop/stages/begin.ts";
import { networkOf } from "../loop/stages/network.ts";
import { trainedParams } from "../loop/stages/paths.ts";

/** Checkpoint of step 0. */
export interface InitialState extends Checkpoint {
  /** Summary of the loaded and the new parts, if the training starts from pretrained weights. */
  readonly summary?: string;
}

/**
 * Initialises parameters, statistics and the states of optimizer and loss.
 *
 * @param plan Resolved configuration of the training.
 * @returns The checkpoint of step 0; the caller owns its tensors.
 * @throws {UsageError} If a stage trains no parameter of the network.
 * @throws {CheckpointError} If the pretrained weights cannot be read or belong to another network.
 */
export async function initialState(plan: ResolvedPlan): Promise<InitialState> {
  const { seed, data, batch, weights, stages: [first] } = plan;
  const network = networkOf(plan, 0), { shape } = data.train;
  const { params, state, summary }: Weights & { summary?: string } = weights === undefined
    ? network.init(seed, shape)
    : await pretrained(weights, network, seed, shape);
  const byNetwork = Map.groupBy(plan.stages, (_, index) => networkOf(plan, index));
  for (const [other, stages] of byNetwork) {
    expectTrainable(
      stages,
      other === network ? params : expectedOf(other, shape).params!,
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
    loss: initLoss(first.loss, model, { batch, shape, seed }),
    memory: {},
    summary,
  };
}
