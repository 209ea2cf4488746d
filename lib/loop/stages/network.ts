/**
 * Which network a stage trains.
 *
 * @module
 */
import type { Network } from "../../nn/network.ts";
import type { Stage } from "./stage.ts";

/**
 * Returns the network of a stage: its own if it has one, else that of the training.
 *
 * @param plan The training's network and stages.
 * @param index Zero-based index of the stage.
 * @returns The network.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * const [teacher, student] = [20, 8].map((depth) => resnetCifar({ depth, classes: 10 }));
 * const plan = { network: student, stages: [{ network: teacher }, {}] };
 * assertEquals([0, 1].map((index) => networkOf(plan, index).name), ["resnet20", "resnet8"]);
 * ```
 */
export function networkOf(
  { network, stages }: {
    readonly network: Network;
    readonly stages: readonly Pick<Stage, "network">[];
  },
  index: number,
): Network {
  return stages[index]?.network ?? network;
}
