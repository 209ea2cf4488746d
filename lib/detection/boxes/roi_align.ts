/**
 * RoIAlign: features of a region, resampled to a fixed size.
 *
 * @module
 */
import { expectRank } from "../../core/tensor_rank.ts";
import { expectRange } from "../../core/expect_range.ts";
import { tf } from "../../deps/tfjs.ts";
import { rows, weightedRows } from "../../engine/ops/mod.ts";
import { sidesOf } from "./corners.ts";

/** Options of {@linkcode roiAlign}. */
export interface RoiAlignOptions {
  /** Height and width of the result in bins. */
  readonly size: number;
  /**
   * Samples for each bin and direction. mmdetection takes as many as a bin has cells, a number that differs between
   * regions and would prevent tensors of fixed size; detectors of torchvision take 2.
   *
   * @default {2}
   */
  readonly samples?: number;
  /**
   * Whether coordinates are those of cells' centres, half a cell less than the scaled corners; otherwise regions are
   * at least one cell wide and high.
   *
   * @default {true}
   */
  readonly aligned?: boolean;
}

/** A pyramid of features. */
export interface Pyramid {
  /** Maps of one batch, the finest first, each `[batch, height, width, channels]`. */
  readonly maps: readonly tf.Tensor4D[];
  /** Pixels of the image between two cells, for each map. */
  readonly strides: readonly number[];
}

/** Regions of the images of a batch. */
export interface Regions {
  /** Shape `[regions, 4]`, corners in pixels. */
  readonly boxes: tf.Tensor2D;
  /** Index of the image in the batch. Shape `[regions]`, int32. */
  readonly image: tf.Tensor1D;
  /** Index of the map to read. Shape `[regions]`, int32. */
  readonly level: tf.Tensor1D;
}

/**
 * Resamples the features of regions: the mean of bilinearly interpolated samples in every bin. Samples more than one
 * cell outside a map are 0. Differentiable in the features.
 *
 * The bilinear weights of all samples of a bin form a row of a sparse matrix, by which the features of all maps are
 * multiplied; its transpose gives their gradients.
 *
 * Source: He et al. 2017, Mask R-CNN, section 3; borders as in torchvision.
 *
 * @param pyramid Maps of features.
 * @param regions Boxes, their images and maps.
 * @param options Size of the result, samples.
 * @returns Shape `[regions, size, size, channels]`.
 * @throws {RangeError} If there is no map, a map has no stride, or an option is out of range.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { roiAlign } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const map = tf.range(0, 16).reshape([1, 4, 4, 1]) as tf.Tensor4D, zero = tf.zeros([1], "int32") as tf.Tensor1D;
 * const regions = { boxes: tf.tensor2d([[0, 0, 4, 4]]), image: zero, level: zero };
 * const y = roiAlign({ maps: [map], strides: [1] }, regions, { size: 2 });
 * assertEquals([...y.dataSync()], [2.5, 4.5, 10.5, 12.5]);
 * ```
 */
export function roiAlign(
  { maps, strides }: Pyramid,
  { boxes, image, level }: Regions,
  { size, samples = 2, aligned = true }: RoiAlignOptions,
): tf.Tensor4D {
  if (maps.length === 0 || strides.length !== maps.length) {
    throw new RangeError(
      `Expected maps, each with a stride, but found ${maps.length} maps and ${strides.length} strides`,
    );
  }
  expectRange("an integer of at least 1", { size, samples });
  const channels = maps[0].shape[3], count = boxes.shape[0];
  const table = tf.concat(maps.map((map): tf.Tensor2D => map.reshape([-1, channels])), 0);
  let first = 0;
  const layout = maps.map(({ shape: [batch, height, width] }, i) => {
    const row = [first, height, width, 1 / strides[i]];
    first += batch * height * width;
    return row;
  });
  const own = tf.unstack(rows(tf.tensor2d(layout), level), 1).map((value) => value.expandDims(1));
  const [start, height, width, scale] = own;
  const before = image.expandDims(1).mul(height.mul(width).toInt()).add(start.toInt());
  const map = { first: before, height, width, scale };
  const { indices, weights } = regionTaps(boxes, map, { size, samples, aligned });
  return weightedRows(table, indices, weights).reshape([count, size, size, channels]);
}

/** The map that each region is read from; numbers for all regions, or tensors `[regions, 1]`. */
export interface RegionMap {
  /** Index of its first cell. Shape `[regions, 1]`, int32. */
  readonly first: tf.Tensor;
  /** Height in cells. */
  readonly height: tf.Tensor | number;
  /** Width in cells. */
  readonly width: tf.Tensor | number;
  /** Cells for each pixel of the image. */
  readonly scale: tf.Tensor | number;
}

/**
 * Computes the cells and weights by which the bins of regions are interpolated.
 *
 * @param boxes Shape `[regions, 4]`, corners in pixels.
 * @param map The map that each region is read from.
 * @param options Size of the result, samples.
 * @returns Indices (int32) and weights, both `[regions · size · size, (2 · samples)²]`.
 */
export function regionTaps(
  boxes: tf.Tensor2D,
  { first, height, width, scale }: RegionMap,
  options: Required<RoiAlignOptions>,
): { indices: tf.Tensor2D; weights: tf.Tensor2D } {
  const { size, samples, aligned } = options, count = boxes.shape[0];
  const [left, top, right, bottom] = sidesOf(boxes).map((side) =>
    side.expandDims(1).mul(scale).sub(aligned ? 0.5 : 0)
  );
  const x = taps(left, right, width, options), y = taps(top, bottom, height, options);
  const across = (values: tf.Tensor) => values.reshape([count, 1, size, 1, 2 * samples]);
  const down = (values: tf.Tensor) => values.reshape([count, size, 1, 2 * samples, 1]);
  const row = y.cells.mul(width).toInt().add(first);
  const shape: [number, number] = [count * size * size, (2 * samples) ** 2];
  return {
    indices: down(row).add(across(x.cells.toInt())).reshape(shape),
    weights: down(y.weights).mul(across(x.weights)).reshape(shape),
  };
}

/** Cells read along one axis with their weights, each `[regions, size · 2 · samples]`. */
function taps(
  from: tf.Tensor,
  to: tf.Tensor,
  extent: tf.Tensor | number,
  { size, samples, aligned }: Required<RoiAlignOptions>,
): { cells: tf.Tensor; weights: tf.Tensor } {
  const length = aligned ? to.sub(from) : to.sub(from).maximum(1);
  const places = Array.from({ length: size * samples }, (_, i) => (i + 0.5) / (size * samples));
  const at = from.add(length.mul(tf.tensor2d(places, [1, places.length])));
  const inside = at.greaterEqual(-1).logicalAnd(at.lessEqual(extent)).toFloat().div(samples);
  const last = tf.sub(extent, 1);
  const place = at.maximum(0).minimum(last);
  const lower = place.floor(), upper = lower.add(1).minimum(last), share = place.sub(lower);
  const pairs = (low: tf.Tensor, high: tf.Tensor) =>
    tf.stack([low, high], 2).reshape([low.shape[0], 2 * size * samples]);
  return {
    cells: pairs(lower, upper),
    weights: pairs(tf.sub(1, share).mul(inside), share.mul(inside)),
  };
}

/**
 * Chooses the map from which the features of a region are read: the coarser the larger it is. A region of 224 pixels
 * is read at stride 16.
 *
 * Source: Lin et al. 2017, Feature Pyramid Networks, equation 1; as in mmdetection.
 *
 * @param boxes Shape `[regions, 4]`, corners in pixels.
 * @param levels Number of maps, the finest of stride 4.
 * @returns Shape `[regions]`, int32, in [0, levels).
 * @throws {RangeError} If the last axis does not have four numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const boxes = tf.tensor2d([[0, 0, 50, 50], [0, 0, 112, 112], [0, 0, 900, 900]]);
 * assertEquals([...levelsOf(boxes, 4).dataSync()], [0, 1, 3]);
 * ```
 */
export function levelsOf(boxes: tf.Tensor2D, levels: number): tf.Tensor1D {
  const [left, top, right, bottom] = sidesOf(boxes);
  const area = right.sub(left).maximum(0).mul(bottom.sub(top).maximum(0));
  const scale = area.sqrt().div(56).add(1e-6).log().div(Math.LN2);
  return expectRank(scale.floor().clipByValue(0, levels - 1).toInt(), 1, "levels");
}
