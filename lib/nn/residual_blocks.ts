/**
 * The blocks that residual networks are made of.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { pad, relu, subsample } from "../engine/ops/mod.ts";
import { conv } from "./conv.ts";
import type { Module, Norm } from "./module.ts";
import { residual, sequential, stateless, tapped } from "./sequential.ts";

/** What a block needs to know. */
export interface BlockOptions {
  /** Stage, from 1. */
  readonly stage: number;
  /** Number of stages of the network. */
  readonly stages: number;
  /** Block within the stage, from 1. */
  readonly block: number;
  /** Channels that come in. */
  readonly inputs: number;
  /** Channels of the 3×3 convolutions. */
  readonly filters: number;
  /** Step of the block. */
  readonly stride: number;
  /** Makes the norms. */
  readonly norm: Norm;
  /** Whether convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
  /** What the shortcut does where the size changes: a padded identity, or a convolution with a norm. */
  readonly shortcut: "A" | "B";
}

/**
 * Two 3×3 convolutions (He et al. 2016, figure 5 left): `conv1`, `bn1`, `conv2`, `bn2`.
 *
 * @param options Place and sizes.
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

/** What a bottleneck needs to know beyond that. */
export interface BottleneckOptions extends BlockOptions {
  /** Channels that go out. */
  readonly outputs: number;
  /** Groups of the 3×3 convolution (ResNeXt). */
  readonly groups: number;
}

/**
 * 1×1, 3×3 and 1×1 convolution, the step in the 3×3 one as torchvision has it: `conv1` … `bn3`.
 *
 * @param options Place and sizes.
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
  return tapped(
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

/** Every `stride`-th pixel, with channels of zeros before and after. */
function paddedShortcut(stride: number, missing: number): Module {
  const before = Math.floor(missing / 2);
  const channels = [before, missing - before] as const;
  return stateless(
    (x) => pad(subsample(x as tf.Tensor4D, stride), [[0, 0], [0, 0], [0, 0], channels]),
    ([height, width, channels]) => [
      Math.ceil(height / stride),
      Math.ceil(width / stride),
      channels + missing,
    ],
  );
}
