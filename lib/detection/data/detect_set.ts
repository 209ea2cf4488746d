/**
 * A detector applied to a set of images.
 *
 * @module
 */
import { expectRange } from "../../core/expect_range.ts";
import { disposeTree, type Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import { deviceCount } from "../../engine/device_count.ts";
import type { Precision } from "../../engine/precision.ts";
import { traced } from "../../engine/traced.ts";
import type { CocoResult } from "../lvis/results.ts";
import type { DetectOptions } from "../mask_rcnn/detect.ts";
import type { Detector } from "../mask_rcnn/detector.ts";
import { resultsOf } from "../mask_rcnn/results_of.ts";
import { canvasOf, collateImages } from "./collate.ts";
import type { DetectionSet } from "./detection_set.ts";
import { prepareImage } from "./prepared.ts";

/** Options of {@linkcode detectSet}. */
export interface DetectSetOptions extends DetectOptions {
  /** Bounds of the images' sides: the longer and the shorter side in pixels. */
  readonly fit: readonly [long: number, short: number];
  /**
   * Number of images at a time, at least one for each device.
   *
   * @default {1}
   */
  readonly batch?: number;
  /**
   * Indices of the images.
   *
   * @default {all}
   */
  readonly images?: readonly number[];
  /**
   * Precision.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /**
   * Called after each batch with the number of images done.
   *
   * @default {nothing}
   */
  readonly onProgress?: (done: number) => void;
}

/**
 * Detects the objects of all images of a set, for `lvisAp` or a results file. Wide and high images are padded to one
 * size each, so that the detector is recorded twice at most for each size of a batch.
 *
 * @param detector The detector.
 * @param weights Its parameters and state; not disposed.
 * @param set Annotated images.
 * @param options Size, batch, scores, numbers.
 * @returns Results in COCO's format, at the size of the images, with boxes and masks.
 * @throws {DataError} If an image cannot be read.
 * @throws {RangeError} If the batch is not a whole number of at least 1, or an image does not exist.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtinScenes, detectSet, maskRcnn, regionCrossEntropy } from "@nbn/toolkit/detection";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetTrunk } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { test } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 32 });
 * const backbone = resnetTrunk({ depth: 18, width: 0.05 }), loss = regionCrossEntropy(12);
 * const testProposals = { perLevel: 20, most: 10, iou: 0.7 };
 * const detector = maskRcnn({ backbone, loss, channels: 4, hidden: 4, testProposals });
 * const results = await detectSet(detector, detector.init(0), test, { fit: [32, 32], images: [0], most: 3 });
 * assertEquals(results.map(({ image_id }) => image_id), [1, 1, 1]);
 * ```
 */
export async function detectSet(
  detector: Detector,
  { params, state }: { readonly params: Params; readonly state: Params },
  set: DetectionSet,
  { fit, batch = 1, precision, onProgress, ...options }: DetectSetOptions,
): Promise<CocoResult[]> {
  if (typeof detector.detect !== "function") {
    throw new TypeError("Expected a detector, as from maskRcnn(), but found none with detect()");
  }
  const { images, categories } = set.dataset;
  const ids = categories.map(({ id }) => id);
  const detect = traced((
    weights: { params: Params; state: Params },
    given: { images: tf.Tensor4D; sizes: tf.Tensor2D },
  ) => detector.detect(weights.params, weights.state, given, options), {
    name: "detect",
    precision,
    shards: ([, { images }]) => [images],
  });
  expectRange("an integer of at least 1", { batch });
  const devices = deviceCount(), size = devices * Math.ceil(batch / devices);
  const strange = options.images?.find((image) => images[image] === undefined);
  if (strange !== undefined) {
    throw new RangeError(`Expected images from 0 to ${images.length - 1} but found ${strange}`);
  }
  const isWide = (image: number) => images[image].width >= images[image].height;
  const all = options.images ?? images.map((_, image) => image);
  const results = new Map<number, CocoResult[]>();
  try {
    for (const wide of [true, false]) {
      const own = all.filter((image) => isWide(image) === wide);
      for (let begin = 0; begin < own.length; begin += size) {
        const indices = own.slice(begin, begin + size);
        const prepared = await Promise.all(
          indices.map(async (image) => prepareImage(await set.read(image), [], { ...set, fit })),
        );
        const given = collateImages(prepared, { canvas: canvasOf([fit], wide), objects: 1 });
        const found = await detect({ params, state }, {
          images: given.images,
          sizes: given.sizes,
        });
        const shown = indices.map((image, i) => ({ ...images[image], scale: prepared[i].scale }));
        const detected = Map.groupBy(
          await resultsOf(found, shown, ids),
          ({ image_id }) => image_id,
        );
        for (const { id } of shown) results.set(id, detected.get(id) ?? []);
        disposeTree(given);
        disposeTree(found);
        onProgress?.(results.size);
      }
    }
  } finally {
    detect.dispose();
  }
  return all.flatMap((image) => results.get(images[image].id) ?? []);
}
