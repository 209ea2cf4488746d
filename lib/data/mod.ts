/**
 * Data sets: image folders and lists, CIFAR, built-in images, long-tailed subsets, augmentation, mixing, batches. This
 * door loads no TensorFlow.js.
 *
 * @example A long-tailed subset
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, classCounts, longTail } from "@nbn/toolkit/data";
 *
 * const { train } = builtin({ max: 40, imbalance: 1, testImages: 1 });
 * const { dataset } = longTail(train, { imbalance: 10, seed: 0 });
 * assertEquals(classCounts(dataset), [40, 30, 23, 18, 14, 11, 8, 6, 5, 4]);
 * ```
 *
 * @module
 */
export type {
  Augmentation,
  AutoAugment,
  ColorJitter,
  Crop,
  Cutout,
  Fill,
  Flip,
  RandAugment,
  RandomResizedCrop,
} from "./augment/mod.ts";
export { type AugmentationName, namedAugmentation } from "./augment/named.ts";
export {
  type Batch,
  type Batches,
  batches,
  type BatchesOptions,
  orderedBatches,
  type OrderedBatchesOptions,
} from "./batches/mod.ts";
export { imageAnnotations, type ImageAnnotationsOptions } from "./annotations.ts";
export { builtin, type BuiltinOptions } from "./builtin/mod.ts";
export type { DownloadOptions } from "./download.ts";
export { downloadCifar, type DownloadCifarOptions } from "./cifar/download.ts";
export {
  cifar10,
  cifar100,
  type CifarKind,
  type CifarName,
  type CifarOptions,
} from "./cifar/mod.ts";
export { type ClassStatistics, classStatistics } from "./class_statistics.ts";
export { withClassNames } from "./class_names.ts";
export {
  classCounts,
  type EvaluationSet,
  type FileSource,
  type ImageDataset,
  type PixelSource,
  type ResizeMode,
  type Split,
} from "./dataset.ts";
export { type CommonImage, commonImages } from "./common_images.ts";
export type { SkippedContent, SkipReason } from "./files/skipped_content.ts";
export {
  type Group,
  GROUP_NAMES,
  GROUP_THRESHOLDS,
  groupOf,
  type GroupThresholds,
} from "./groups.ts";
export type { Decoding } from "./images/image.ts";
export type { Orientation } from "./images/exif.ts";
export type { ImageHeader } from "./images/header.ts";
export { imageFolder, type ImageFolderOptions } from "./image_folder.ts";
export type { GivenImagesOptions } from "./given_images.ts";
export { imageList, type ImageListOptions } from "./image_list.ts";
export { type ImportedFolder, importFolder, type ImportOptions } from "./import.ts";
export {
  longTail,
  longTailCounts,
  type LongTailCountsOptions,
  type LongTailed,
  type LongTailOptions,
  type LongTailProfile,
} from "./long_tail.ts";
export { type LoadedImages, loadImages, type LoadImagesOptions } from "./load_images.ts";
export {
  cmo,
  cutMix,
  type CutMixOptions,
  type Mixable,
  type Mixed,
  mixedTargets,
  mixup,
  type MixupOptions,
  remix,
  type RemixOptions,
} from "./mix/mod.ts";
export {
  type DataSetName,
  openData,
  openDataSet,
  type OpenDataSetOptions,
  type OpenOptions,
} from "./open.ts";
export type { FolderName, ListedName } from "./official.ts";
export { pathAt, type PathTable } from "./paths.ts";
export { type PackedDataset, readPacked, writePacked } from "./packed.ts";
export { imagesOfClasses, type ImagesOfClassesOptions } from "./images_of_classes.ts";
export { subset } from "./subset.ts";
export {
  type WithoutDamaged,
  withoutDamaged,
  type WithoutDamagedOptions,
} from "./without_damaged.ts";
export { writeImageFolder } from "./write_image_folder.ts";
