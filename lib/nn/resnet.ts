/**
 * Residual networks for images of ImageNet's size, with bottlenecks and groups.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import { maxPool, relu } from "../engine/ops/mod.ts";
import { batchNorm } from "./batch_norm.ts";
import { conv } from "./conv.ts";
import type { Module, Norm } from "./module.ts";
import type { Network } from "./network.ts";
import { basicBlock, bottleneck } from "./residual_blocks.ts";
import {
  type Family,
  residualNetwork,
  type ResidualOptions,
  residualTrunk,
} from "./residual_network.ts";
import { sequential, stateless, withTap } from "./sequential.ts";

/** Options of {@linkcode resnet}. */
export interface ResnetOptions extends ResidualOptions {
  /** Number of layers. */
  depth: 18 | 34 | 50 | 101 | 152;
  /**
   * Creates the norm layers: `batchNorm()`, `nbn()`, or any other.
   *
   * @default {batchNorm()}
   */
  norm?: Norm;
  /**
   * Groups of the 3×3 convolutions, for depths of at least 50.
   *
   * @default {1}
   */
  groups?: number;
  /**
   * Channels of a group in the first stage, for depths of at least 50.
   *
   * @default {64}
   */
  groupWidth?: number;
}

/** Number of blocks in each stage, by depth. */
const BLOCKS: Readonly<Record<number, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
};

/**
 * Creates a ResNet or ResNeXt (He et al. 2016, table 1; Xie et al. 2017) as in torchvision: a 7×7 stem with pooling,
 * four stages of basic blocks (18, 34) or bottlenecks, global average pooling, a linear head.
 *
 * Paths: `stem/conv/weight`, `stage4/block3/bn3/weight`, `stage4/block1/shortcut/bn/weight`, `head/weight`.
 * Taps: `stem`, `stage1/block1` …, `embedding` `[batch, channels]`, `logits`. The default placement of NBN is the
 * last norm of each block of the last stage and the norm of its first shortcut (paper, section IV-A).
 *
 * @param options Depth, classes, norm, groups, head, experts.
 * @returns The network, from `[batch, 224, 224, 3]` (any size of at least 32) to `[batch, classes]`.
 * @throws {RangeError} If the depth is not supported, classes or groups are not positive, or experts are out of
 * range.
 *
 * @example ResNet-18 with NBN
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { nbn, resnet } from "@nbn/toolkit/nn";
 *
 * const net = resnet({ depth: 18, classes: 1000, norm: nbn() });
 * assertEquals(net.init(0, [224, 224, 3]).outputShape, [1000]);
 * ```
 */
export function resnet(options: ResnetOptions): Network {
  const { classes } = options;
  if (!Number.isInteger(classes) || classes < 1) {
    throw new RangeError(`Expected classes to be a positive integer but found ${classes}`);
  }
  return residualNetwork(familyOf(options), options);
}

/** Options of {@linkcode resnetTrunk}. */
export interface ResnetTrunkOptions
  extends Pick<ResnetOptions, "depth" | "norm" | "groups" | "groupWidth" | "weightNorm"> {
  /**
   * Factor on the channels of the stages.
   *
   * @default {1}
   */
  readonly width?: number;
}

/**
 * Creates the stem and the stages of a {@linkcode resnet}, without pooling and classifier, for networks that read maps
 * of features: the taps `stage1/block3` … have strides 4, 8, 16 and 32.
 *
 * @param options Depth, norm, groups, width.
 * @returns The network, from `[batch, height, width, 3]` to `[batch, height / 32, width / 32, channels]`.
 * @throws {RangeError} If the depth is not supported or groups are not positive.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { resnetTrunk } from "@nbn/toolkit/nn";
 *
 * assertEquals(resnetTrunk({ depth: 18 }).init(0, [64, 96, 3]).outputShape, [2, 3, 512]);
 * ```
 */
export function resnetTrunk(options: ResnetTrunkOptions): Network {
  return residualTrunk(familyOf(options), options.width);
}

/** Stem and stages. */
function familyOf(options: Omit<ResnetTrunkOptions, "width">): Family {
  const { depth, norm = batchNorm(), groups = 1, groupWidth = 64, weightNorm } = options;
  const blocks = BLOCKS[depth];
  if (!blocks) {
    throw new RangeError(
      `Expected a depth of ${Object.keys(BLOCKS).join(", ")} but found ${depth}: ` +
        `resnetCifar() creates networks of depth 6n + 2`,
    );
  }
  if (!Number.isInteger(groups) || groups < 1) {
    throw new RangeError(`Expected groups to be a positive integer but found ${groups}`);
  }
  if (depth < 50 && (groups > 1 || groupWidth !== 64)) {
    throw new RangeError(`Expected groups only from depth 50 but found them at depth ${depth}`);
  }
  const stages = blocks.length;
  const stem = { stage: 0, stages, block: 0, role: "stem", channels: 64, path: "stem/bn" } as const;
  return {
    name: groups === 1 ? `resnet${depth}` : `resnext${depth}-${groups}x${groupWidth}d`,
    stem: withTap(
      "stem",
      sequential({
        conv: conv({ filters: 64, kernel: 7, stride: 2, padding: 3, weightNorm }),
        bn: norm(stem),
        relu: stateless(relu),
        pool: stateless(
          (x) =>
            maxPool(expectRank(x, 4, "the input of pooling"), { size: 3, stride: 2, padding: 1 }),
          ([height, width, channels]) => [Math.ceil(height / 2), Math.ceil(width / 2), channels],
        ),
      }),
    ),
    channels: 64,
    stages,
    stage(stage, inputs, factor) {
      const base = Math.round(64 * 2 ** (stage - 1) * factor);
      const outputs = depth < 50 ? base : 4 * base;
      // The channels of a group are rounded, so that all groups have the same width.
      const filters = Math.round(base * groupWidth / 64) * groups;
      const parts: Record<string, Module> = {};
      let channels = inputs;
      for (let block = 1; block <= blocks[stage - 1]; block++) {
        const stride = stage > 1 && block === 1 ? 2 : 1;
        const common = {
          stage,
          stages,
          block,
          inputs: channels,
          stride,
          norm,
          weightNorm,
          shortcut: "B",
        } as const;
        parts[`block${block}`] = depth < 50
          ? basicBlock({ ...common, filters: base })
          : bottleneck({ ...common, filters, outputs, groups });
        channels = outputs;
      }
      return { blocks: sequential(parts), outputs };
    },
  };
}

/**
 * Creates ResNet-50, the paper's network for the ablations on ImageNet-LT and for iNaturalist 2018.
 *
 * @param options As for {@linkcode resnet}, without the depth.
 * @returns The network.
 */
export function resnet50(options: Omit<ResnetOptions, "depth">): Network {
  return resnet({ ...options, depth: 50 });
}

/**
 * Creates ResNeXt-50 (32×4d), the network of the paper's Table II.
 *
 * @param options As for {@linkcode resnet}, without depth and groups.
 * @returns The network.
 */
export function resnext50(
  options: Omit<ResnetOptions, "depth" | "groups" | "groupWidth">,
): Network {
  return resnet({ ...options, depth: 50, groups: 32, groupWidth: 4 });
}
