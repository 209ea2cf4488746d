/**
 * RIDE's network: experts that share the early stages.
 *
 * @module
 */
import type { Network } from "./network.ts";
import type { ExpertsOptions } from "./experts.ts";
import type { Divisible } from "./residual_network.ts";

/** Options of {@linkcode ride} beside those of its backbone. */
export type RideOptions<Options extends Divisible> = Omit<Options, "experts"> & {
  /**
   * Number of experts, at least 2.
   *
   * @default {3}
   */
  experts?: number;
  /**
   * Last stages that every expert has for itself; the ones before are shared.
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
 * Experts with the last two stages and a cosine classifier of their own, whose logits are averaged. With
 * `norm: nbn()` every expert has one magnitude (`expert1/nbn/magnitude`), with `logits: lr()` its own
 * statistics of logits. `rideLoss()` trains it; behind LR, which would take their range from cosines, classifiers are
 * linear unless told otherwise and the scale of the loss is 1, as in the paper's code.
 *
 * Taps: `expert1/logits`, `expert2/logits`, … beside those of the backbone; `embedding` is that of all experts,
 * side by side.
 *
 * Source: Wang et al. 2021, Long-tailed Recognition by Routing Diverse Distribution-Aware Experts; widths and
 * stages as in its authors' code.
 *
 * @param backbone Makes the network: `resnet32`, `resnet50`, `resnext50`, `resnetCifar`, `resnet`.
 * @param options Those of the backbone, the number of experts, what they share.
 * @returns The network, to `[batch, classes]`.
 * @throws {RangeError} If there are fewer than two experts, or as the backbone does.
 *
 * @example Three experts with NBN and LR, and their loss
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rideLoss } from "../losses/ride_loss.ts";
 * import { lr } from "./lr.ts";
 * import { nbn } from "./nbn.ts";
 * import { resnet32 } from "./resnet_cifar.ts";
 *
 * const net = ride(resnet32, { experts: 3, classes: 100, norm: nbn(), logits: lr() });
 * assertEquals(net.init(0, [32, 32, 3]).outputShape, [100]);
 * const loss = rideLoss(Array(100).fill(50), { scale: 1 });
 * assertEquals(loss.uses, ["experts"]);
 * ```
 */
export function ride<Options extends Divisible>(
  backbone: (options: Options) => Network,
  { experts = 3, ownStages, reduction, ...options }: RideOptions<Options>,
): Network {
  const own: ExpertsOptions = { count: experts, ownStages, width: reduction };
  const head = options.logits ? "linear" : "cosine";
  return backbone({ head, ...options, experts: own } as unknown as Options);
}
