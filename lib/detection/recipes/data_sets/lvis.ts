/**
 * LVIS v1, and other annotated images in its format or COCO's.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { UsageError } from "../../../core/errors.ts";
import { isList } from "../../../data/open_lists.ts";
import { annotationsDigest } from "../../data/annotations_digest.ts";
import { detectionFolder } from "../../data/detection_set.ts";
import { expectSameCategories } from "../../lvis/expect_same_categories.ts";
import { readDetectionDataset } from "../../lvis/read_dataset.ts";
import type {
  DetectionDataSet,
  DetectionLoadOptions,
  LoadedDetectionSets,
} from "./detection_data_set.ts";

/** Names of LVIS's annotation files. */
const TRAIN = "lvis_v1_train.json", TEST = "lvis_v1_val.json";

/** Shorter sides of training images, as in mmdetection. */
const SHORT_SIDES = [640, 672, 704, 736, 768, 800];

/** LVIS v1: Mask R-CNN with ResNet-50 as in mmdetection's configuration of Seesaw loss, 24 epochs. */
export const lvis: DetectionDataSet = {
  name: "lvis",
  folder: `the folder of ${TRAIN}, ${TEST} and the images, or a training file like it with --test`,
  pretrained: true,
  backbone: { depth: 50 },
  detector: {},
  fits: SHORT_SIDES.map((side) => [1333, side] as const),
  fit: [1333, 800],
  objects: 64,
  detections: 300,
  threshold: 0.001,
  // 24 epochs of 99,388 images with annotations.
  iterations: 149_082,
  batch: 16,
  rate: 0.02,
  warmup: 500,
  load,
  loadTest,
};

/** The files of annotations, and the folder of the images. */
function filesOf({ folder, root, test }: DetectionLoadOptions) {
  if (folder === undefined) throw new UsageError(`Expected --data with ${lvis.folder}`);
  if (!isList(folder)) {
    return { train: join(folder, TRAIN), test: test ?? join(folder, TEST), images: root ?? folder };
  }
  if (test === undefined) {
    throw new UsageError(
      `Expected --test, the annotations to evaluate on, with the training annotations ${folder} but found none`,
    );
  }
  return { train: folder, test, images: root ?? dirname(folder) };
}

async function load(options: DetectionLoadOptions): Promise<LoadedDetectionSets> {
  const files = filesOf(options), { folder, root, test } = options;
  // One after the other, so that if both are missing the training set is named.
  const train = await readDetectionDataset(files.train);
  const tested = await readDetectionDataset(files.test);
  expectSameCategories(tested, train.categories.map(({ id }) => id), train.file);
  return {
    train: detectionFolder(train, files.images),
    test: detectionFolder(tested, files.images),
    content: {
      train: await annotationsDigest(train, files.images),
      test: await annotationsDigest(tested, files.images),
    },
    provenance: {
      folder: folder!,
      ...(root === undefined ? {} : { root }),
      ...(test === undefined ? {} : { test }),
    },
  };
}

async function loadTest(options: DetectionLoadOptions) {
  const { test, images } = filesOf(options);
  return detectionFolder(await readDetectionDataset(test), images);
}
