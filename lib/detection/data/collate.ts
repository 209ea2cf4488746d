/**
 * Prepared images as tensors of fixed size.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { elementsOf } from "../../core/shape.ts";
import { tf } from "../../deps/tfjs.ts";
import type { DetectionBatch } from "../mask_rcnn/batch.ts";
import type { PreparedImage } from "./prepared.ts";

/** Sizes that all batches have in common, so that a step is recorded once. */
export interface BatchSize {
  /** Height and width of the padded images, multiples of 32. */
  readonly canvas: readonly [height: number, width: number];
  /** Maximum number of objects of an image; further ones, the smallest first, are not learnt from. */
  readonly objects: number;
}

/**
 * Computes the canvas that all images of an aspect fit.
 *
 * @param fits Bounds of the images' sides: the longer and the shorter side in pixels.
 * @param isWide Whether the images are at least as wide as high.
 * @returns Height and width, multiples of 32.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { canvasOf } from "@nbn/toolkit/detection";
 *
 * assertEquals(canvasOf([[1333, 640], [1333, 800]], true), [800, 1344]);
 * ```
 */
export function canvasOf(
  fits: readonly (readonly [long: number, short: number])[],
  isWide: boolean,
): [height: number, width: number] {
  const most = (axis: 0 | 1) => 32 * Math.ceil(Math.max(...fits.map((fit) => fit[axis])) / 32);
  return isWide ? [most(1), most(0)] : [most(0), most(1)];
}

/**
 * Pads images and their objects to a fixed size.
 *
 * @param images Prepared images.
 * @param size Size of the canvas, number of objects.
 * @returns Tensors; the caller disposes them.
 * @throws {RangeError} If the canvas is no multiple of 32, or smaller than an image.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { collateImages } from "@nbn/toolkit/detection";
 *
 * const pixels = new Float32Array(2 * 3 * 3).fill(1), mask = Uint8Array.of(0, 1, 1, 0, 1, 1);
 * const objects = [{ box: [1, 0, 3, 2] as const, label: 5, mask }];
 * const image = { height: 2, width: 3, scale: [1, 1] as const, pixels, objects };
 * const batch = collateImages([image], { canvas: [32, 32], objects: 4 });
 * assertEquals([...batch.present.dataSync()], [1, 0, 0, 0]);
 * assertEquals(batch.masks.sum().dataSync()[0], 4);
 * ```
 */
export function collateImages(
  images: readonly PreparedImage[],
  { canvas: [height, width], objects }: BatchSize,
): DetectionBatch {
  if (height % 32 !== 0 || width % 32 !== 0) {
    throw new RangeError(
      `Expected a canvas of multiples of 32 but found ${height}×${width}: canvasOf() computes one`,
    );
  }
  expectRange("an integer of at least 1", { height, width, objects });
  const batch = images.length;
  elementsOf([batch, objects, height, width]);
  const pixels = new Float32Array(batch * height * width * 3);
  const boxes = new Float32Array(batch * objects * 4);
  const labels = new Int32Array(batch * objects), present = new Float32Array(batch * objects);
  const masks = new Uint8Array(batch * objects * height * width);
  images.forEach((image, i) => {
    if (image.height > height || image.width > width) {
      throw new RangeError(
        `Expected images of at most ${height}×${width} but found ${image.height}×${image.width}: ` +
          "prepare them with a smaller `fit`, or enlarge the canvas",
      );
    }
    for (let y = 0; y < image.height; y++) {
      const row = image.pixels.subarray(3 * y * image.width, 3 * (y + 1) * image.width);
      pixels.set(row, 3 * (i * height + y) * width);
    }
    largest(image.objects, objects).forEach(({ box, label, mask }, j) => {
      const place = i * objects + j;
      boxes.set(box, 4 * place);
      labels[place] = label;
      present[place] = 1;
      for (let y = 0; y < image.height; y++) {
        const row = mask.subarray(y * image.width, (y + 1) * image.width);
        masks.set(row, (place * height + y) * width);
      }
    });
  });
  return {
    images: tf.tensor4d(pixels, [batch, height, width, 3]),
    sizes: tf.tensor2d(images.flatMap((image) => [image.height, image.width]), [batch, 2]),
    boxes: tf.tensor3d(boxes, [batch, objects, 4]),
    labels: tf.tensor2d(labels, [batch, objects], "int32"),
    present: tf.tensor2d(present, [batch, objects]),
    masks: tf.tensor4d(masks, [batch, objects, height, width], "bool"),
  };
}

/** The largest objects, in their order. */
function largest(objects: PreparedImage["objects"], most: number): PreparedImage["objects"] {
  if (objects.length <= most) return objects;
  const area = ({ box }: PreparedImage["objects"][number]) => (box[2] - box[0]) * (box[3] - box[1]);
  const kept = new Set(objects.toSorted((a, b) => area(b) - area(a)).slice(0, most));
  return objects.filter((object) => kept.has(object));
}
