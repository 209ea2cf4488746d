/**
 * Blocks of residual networks.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import { pad, relu, subsample } from "../engine/ops/mod.ts";
import { conv } from "./conv.ts";
import type { Module, Norm } from "./module.ts";
import { residual, sequential, stateless, withTap } from "./sequential.ts";

/** Options of {@linkcode basicBlock}. */
export interface BlockOptions {
  /** Stage, from 1. */
  readonly stage: number;
  /** Number of stages of the network. */
  readonly stages: number;
  /** Block within the stage, from 1. */
  readonly block: number;
  /** Input channels. */
  readonly inputs: number;
  /** Channels of the 3×3 convolutions. */
  readonly filters: number;
  /** Stride of the block. */
  readonly stride: number;
  /** Creates the norm layers. */
  readonly norm: Norm;
  /** Whether convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
  /** Shortcut where the shape changes: `"A"` is a padded identity, `"B"` a convolution with a norm. */
  readonly shortcut: "A" | "B";
}

/**
 * Creates a block of two 3×3 convolutions (He et al. 2016, figure 5 left): `conv1`, `bn1`, `conv2`, `bn2`.
 *
 * @param options Position and sizes.
 * @returns The block, tapped as `stage1/block1`.
 */
export function basicBlock(options: BlockOptions): Module {
  const { filters, stride, weightNorm } = options;
  const norm = normsOf(options);
  return block(options, filters, {
    conv1: conv({ filters, stride, padding: 1, weightNorm }),
    bn1: norm("inner", "bn1", filters),
    relu: stateless(relu),
    conv2: conv({ filters, padding: 1, weightNorm }),
    bn2: norm("last", "bn2", filters),
  });
}

/** Options of {@linkcode bottleneck}. */
export interface BottleneckOptions extends BlockOptions {
  /** Output channels. */
  readonly outputs: number;
  /** Groups of the 3×3 convolution (ResNeXt). */
  readonly groups: number;
}

/**
 * Creates a block of 1×1, 3×3 and 1×1 convolutions, with the stride in the 3×3 one as in torchvision: `conv1` …
 * `bn3`.
 *
 * @param options Position and sizes.
 * @returns The block, tapped as `stage1/block1`.
 */
export function bottleneck(options: BottleneckOptions): Module {
  const { filters, outputs, stride, groups, weightNorm } = options;
  const norm = normsOf(options);
  return block(options, outputs, {
    conv1: conv({ filters, kernel: 1, padding: 0, weightNorm }),
    bn1: norm("inner", "bn1", filters),
    relu1: stateless(relu),
    conv2: conv({ filters, stride, padding: 1, groups, weightNorm }),
    bn2: norm("inner", "bn2", filters),
    relu2: stateless(relu),
    conv3: conv({ filters: outputs, kernel: 1, padding: 0, weightNorm }),
    bn3: norm("last", "bn3", outputs),
  });
}

function normsOf({ stage, stages, block, norm }: BlockOptions) {
  return (role: "inner" | "last" | "shortcut", name: string, channels: number) =>
    norm({ stage, stages, block, role, channels, path: `stage${stage}/block${block}/${name}` });
}

function block(options: BlockOptions, outputs: number, parts: Record<string, Module>): Module {
  const { stage, block, inputs, stride, shortcut, weightNorm } = options;
  const changes = stride > 1 || inputs !== outputs;
  return withTap(
    `stage${stage}/block${block}`,
    residual(
      sequential(parts),
      !changes
        ? undefined
        : shortcut === "A"
        ? paddedShortcut(stride, outputs - inputs)
        : sequential({
          conv: conv({ filters: outputs, kernel: 1, stride, padding: 0, weightNorm }),
          bn: normsOf(options)("shortcut", "shortcut/bn", outputs),
        }),
    ),
  );
}

/** Subsamples every `stride`-th pixel and zero-pads the channels on both sides. */
function paddedShortcut(stride: number, missing: number): Module {
  const before = Math.floor(missing / 2);
  const channels = [before, missing - before] as const;
  return stateless(
    (x) =>
      pad(subsample(expectRank(x, 4, "the input of a shortcut"), stride), [
        [0, 0],
        [0, 0],
        [0, 0],
        channels,
      ]),
    ([height, width, channels]) => [
      Math.ceil(height / stride),
      Math.ceil(width / stride),
      channels + missing,
    ],
  );
}
