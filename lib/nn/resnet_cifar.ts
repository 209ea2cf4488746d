/**
 * Residual networks for 32×32 images.
 *
 * @module
 */
import { relu } from "../engine/ops/mod.ts";
import { batchNorm } from "./batch_norm.ts";
import { conv } from "./conv.ts";
import type { Module, Norm } from "./module.ts";
import type { Network } from "./network.ts";
import { basicBlock } from "./residual_blocks.ts";
import { residualNetwork, type ResidualOptions } from "./residual_network.ts";
import { sequential, stateless, withTap } from "./sequential.ts";

/** Options of {@linkcode resnetCifar}. */
export interface ResnetCifarOptions extends ResidualOptions {
  /** Number of layers, 6n + 2: 8, 14, 20, 26, 32, 44, 56, 110. */
  depth: number;
  /**
   * Factor on the 16, 32 and 64 channels of the stages (4 for CIFAR-100 in the paper).
   *
   * @default {1}
   */
  width?: number;
  /**
   * Creates the norm layers: `batchNorm()`, `nbn()`, or any other.
   *
   * @default {batchNorm()}
   */
  norm?: Norm;
  /**
   * Shortcut where the shape changes: `"A"` subsamples every second pixel and zero-pads the channels, `"B"` is a 1×1
   * convolution with a norm.
   *
   * @default {"A"}
   */
  shortcut?: "A" | "B";
}

const STAGES = 3;

/**
 * Creates a ResNet for CIFAR (He et al. 2016, section 4.2): a 3×3 stem, three stages of (depth − 2)/6 basic blocks,
 * global average pooling, a linear head.
 *
 * Paths: `stem/conv/weight`, `stage3/block4/bn2/weight`, `head/weight`. Taps: `stem`, `stage1/block1` …,
 * `embedding` `[batch, channels]`, `logits`.
 *
 * @param options Depth, classes, width, norm, shortcut, head, experts.
 * @returns The network, from `[batch, 32, 32, 3]` to `[batch, classes]`.
 * @throws {RangeError} If the depth is not 6n + 2, classes or width are not positive, or experts are out of
 * range.
 *
 * @example ResNet-32 with NBN and LR
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logitsRectification, nbn, resnetCifar } from "@nbn/toolkit/nn";
 *
 * const net = resnetCifar({ depth: 32, classes: 10, norm: nbn(), logits: logitsRectification() });
 * assertEquals(net.init(0, [32, 32, 3]).outputShape, [10]);
 * ```
 */
export function resnetCifar(options: ResnetCifarOptions): Network {
  const { depth, classes, width = 1, norm = batchNorm(), shortcut = "A", weightNorm } = options;
  if (!Number.isInteger((depth - 2) / 6) || depth < 8) {
    throw new RangeError(`Expected a depth of 6n + 2 (8, 14, 20, 26, 32, …) but found ${depth}`);
  }
  if (!Number.isInteger(classes) || classes < 1 || !(width > 0)) {
    throw new RangeError(
      `Expected classes and width to be positive but found ${classes} and ${width}`,
    );
  }
  const widths = [16, 32, 64].map((channels) => Math.round(channels * width));
  const stemSite = {
    channels: widths[0],
    stage: 0,
    stages: STAGES,
    block: 0,
    role: "stem",
    path: "stem/bn",
  } as const;
  const stem = withTap(
    "stem",
    sequential({
      conv: conv({ filters: widths[0], padding: 1, weightNorm }),
      bn: norm(stemSite),
      relu: stateless(relu),
    }),
  );
  const suffix = width === 1 ? "" : `-x${width}`;
  return residualNetwork({
    name: `resnet${depth}${suffix}`,
    stem,
    channels: widths[0],
    stages: STAGES,
    stage(stage, inputs, factor) {
      const filters = Math.round(widths[stage - 1] * factor);
      const blocks: Record<string, Module> = {};
      let channels = inputs;
      for (let block = 1; block <= (depth - 2) / 6; block++) {
        const stride = stage > 1 && block === 1 ? 2 : 1;
        blocks[`block${block}`] = basicBlock({
          stage,
          stages: STAGES,
          block,
          inputs: channels,
          filters,
          stride,
          norm,
          shortcut,
          weightNorm,
        });
        channels = filters;
      }
      return { blocks: sequential(blocks), outputs: filters };
    },
  }, options);
}

/**
 * Creates ResNet-32 for CIFAR, the network of the paper's Table I.
 *
 * @param options As for {@linkcode resnetCifar}, without the depth.
 * @returns The network.
 */
export function resnet32(options: Omit<ResnetCifarOptions, "depth">): Network {
  return resnetCifar({ ...options, depth: 32 });
}
