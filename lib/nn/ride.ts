/**
 * RIDE's network: experts that share the early stages.
 *
 * @module
 */
import type { Network } from "./network.ts";
import { type Divisible, withExperts } from "./residual_network.ts";

/** Options of {@linkcode ride} in addition to those of its backbone. */
export type RideOptions<Options extends Divisible> = Omit<Options, "experts"> & {
  /**
   * Number of experts, at least 2.
   *
   * @default {3}
   */
  experts?: number;
  /**
   * Number of last stages that are separate for each expert; the earlier ones are shared.
   *
   * @default {2}
   */
  ownStages?: number;
  /**
   * Factor on the channels of the experts' own stages.
   *
   * @default {0.75: 24 and 48 channels for CIFAR, 192 and 384 for bottlenecks}
   */
  reduction?: number;
};

/**
 * Creates a network of experts, each with its own last two stages and cosine classifier, whose logits are averaged.
 * With `norm: nbn()` every expert has one magnitude (`expert1/nbn/magnitude`), with `logits: logitsRectification()` its own statistics
 * of the logits. Train it with `rideLoss()`. With LR, which does not preserve the range of cosines, the default
 * classifier is linear and the scale of the loss must be 1, as in the paper's code.
 *
 * Taps: `expert1/logits`, `expert2/logits`, … in addition to those of the backbone; `embedding` is the concatenation
 * of all experts' embeddings.
 *
 * Source: Wang et al. 2021, Long-tailed Recognition by Routing Diverse Distribution-Aware Experts; widths and
 * stages as in its authors' code.
 *
 * @param backbone Creates the network: `resnet32`, `resnet50`, `resnext50`, `resnetCifar`, `resnet`.
 * @param options Options of the backbone, number of experts, their own stages and width.
 * @returns The network, to `[batch, classes]`.
 * @throws {RangeError} If there are fewer than two experts, or for the reasons of the backbone.
 *
 * @example Three experts with NBN and LR, and their loss
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rideLoss } from "@nbn/toolkit/losses";
 * import { logitsRectification, nbn, resnet32, ride } from "@nbn/toolkit/nn";
 *
 * const net = ride(resnet32, { experts: 3, classes: 100, norm: nbn(), logits: logitsRectification() });
 * assertEquals(net.init(0, [32, 32, 3]).outputShape, [100]);
 * const loss = rideLoss(Array(100).fill(50), { scale: 1 });
 * assertEquals(loss.uses, ["experts"]);
 * ```
 */
export function ride<Options extends Divisible>(
  backbone: (options: Options) => Network,
  { experts = 3, ownStages, reduction, ...options }: RideOptions<Options>,
): Network {
  const head = options.logits ? "linear" : "cosine";
  return withExperts(backbone, { head, ...options }, {
    count: experts,
    ownStages,
    width: reduction,
  });
}
