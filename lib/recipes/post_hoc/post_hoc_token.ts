/**
 * Type of the tokens for post-hoc methods, which take no training steps.
 *
 * @module
 */
import type { Stage, StageHook } from "../../loop/stages/stage.ts";
import { crossEntropy } from "../../losses/mod.ts";
import type { Network } from "../../nn/network.ts";
import { constantSchedule, sgd } from "../../optim/mod.ts";
import { instanceBalancedSampler } from "../../samplers/mod.ts";
import type { Token } from "../token.ts";

/** A method applied to a trained network. */
export interface PostHocToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "post-hoc method";
  /** Extends the network; the extension has no effect during training. */
  readonly extend?: (network: Network, counts: readonly number[]) => Network;
  /** Makes a stage without steps that measures something on the training images. */
  readonly measure?: () => Stage;
}

/**
 * Makes a stage without steps.
 *
 * @param name Name of the stage.
 * @param begin What it measures and changes.
 * @returns The stage.
 */
export function measuringStage(name: string, begin: StageHook): Stage {
  return {
    name,
    iterations: 0,
    loss: crossEntropy(),
    sampler: instanceBalancedSampler,
    augment: [],
    schedule: constantSchedule(0),
    optimizer: sgd({ momentum: 0 }),
    begin,
  };
}
