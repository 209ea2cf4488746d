/**
 * Projection head for contrastive losses.
 *
 * @module
 */
import { relu, unitVectors } from "../engine/ops/mod.ts";
import { batchNorm } from "./batch_norm.ts";
import { linear } from "./linear.ts";
import type { Module } from "./module.ts";
import { forChannels, sequential, stateless } from "./sequential.ts";

/** Options of {@linkcode projection}. */
export interface ProjectionOptions {
  /**
   * Units of the hidden layer.
   *
   * @default {as many as the input has channels}
   */
  hidden?: number;
  /** Channels of the projections. */
  outputs: number;
  /**
   * Whether the hidden layer is batch-normalised.
   *
   * @default {true}
   */
  norm?: boolean;
}

/**
 * Creates two linear layers with batch norm and ReLU in between, whose output is normalised to length 1.
 *
 * @param options Sizes, norm.
 * @returns The layer, from `[rows, channels]` to `[rows, outputs]`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { projection } from "@nbn/toolkit/nn";
 *
 * assertEquals(projection({ hidden: 512, outputs: 128 }).init(rng(0), [64]).outputShape, [128]);
 * ```
 */
export function projection({ hidden, outputs, norm = true }: ProjectionOptions): Module {
  return forChannels((channels) => {
    const units = hidden ?? channels;
    return sequential({
      hidden: linear({ units }),
      ...(norm ? { bn: batchNorm()({ channels: units }) } : {}),
      relu: stateless(relu),
      output: linear({ units: outputs }),
      unit: stateless((x) => unitVectors(x, 1)),
    });
  });
}
