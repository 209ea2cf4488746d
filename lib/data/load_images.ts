/**
 * Loads images from disk into memory.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { ImageDataset } from "./dataset.ts";
import { decodeImage } from "./decode.ts";
import { reading } from "./files/reading.ts";
import { attachJpeg, sharedJpeg } from "./native_jpeg.ts";
import { someOf } from "./lists/some_of.ts";
import { sharedPixels } from "./memory.ts";
import { pathAt } from "./paths.ts";
import { resize } from "./resize.ts";
import { colourStatistics } from "./statistics.ts";

/** Options of {@linkcode loadImages}. */
export interface LoadImagesOptions {
  /**
   * Height and width of every image.
   *
   * @default {size of the first image}
   */
  size?: number;
  /**
   * Skips corrupt images instead of throwing.
   *
   * @default {false}
   */
  skipBad?: boolean;
  /** Called after each image with the number of images done and the total. */
  onProgress?: (done: number, all: number) => void;
}

/** A data set in memory, and the images that were skipped. */
export interface LoadedImages {
  /** The data set, with its measured mean and standard deviation. */
  dataset: ImageDataset;
  /** One line for each skipped image. */
  skipped: string[];
}

/** Files read ahead, to keep the decoder busy. */
const READ_AHEAD = 32;

/**
 * Decodes and resizes all images of a data set on disk.
 *
 * @param dataset A data set whose images are files.
 * @param options Size, corrupt images, progress.
 * @returns The data set with its pixels in memory.
 * @throws {DataError} If an image is corrupt (all are counted, the first few named), or a class has no readable image.
 */
export async function loadImages(
  dataset: ImageDataset,
  { size, skipBad = false, onProgress }: LoadImagesOptions = {},
): Promise<LoadedImages> {
  if (dataset.images.kind !== "files") return { dataset, skipped: [] };
  const { paths, exif } = dataset.images, images = dataset.labels.length;
  const shared = await sharedJpeg();
  const jpeg = shared && attachJpeg(shared);
  const skipped: string[] = [], labels: number[] = [];
  let height = size, width = size, kept = 0;
  let pixels = new Uint8Array(0);
  const reads: Promise<Uint8Array<ArrayBuffer> | Error>[] = [];
  const read = (path: string) => reading(path, Deno.readFile).catch((error: Error) => error);
  for (let i = 0; i < images; i++) {
    const path = pathAt(paths, i);
    while (reads.length < Math.min(images, i + READ_AHEAD)) {
      reads.push(read(pathAt(paths, reads.length)));
    }
    const bytes = await reads[i];
    delete reads[i];
    try {
      if (bytes instanceof Error) throw bytes;
      const image = await decodeImage(bytes, path, { ...dataset.images, jpeg });
      height ??= image.height;
      width ??= image.width;
      if (pixels.length === 0) {
        pixels = sharedPixels(images * height * width * 3) as never;
      }
      pixels.set(resize(image, width, height).pixels, kept * height * width * 3);
      labels.push(dataset.labels[i]);
      kept++;
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      skipped.push(error.message);
    }
    onProgress?.(i + 1, images);
  }
  if (skipped.length > 0 && !skipBad) throw damaged(skipped, images);
  const left = new Set(labels), lost = dataset.labels.find((label) => !left.has(label));
  if (lost !== undefined) {
    throw new DataError(
      `Expected images of every class but none of ${dataset.classNames[lost]} can be read`,
    );
  }
  const used = trimmed(pixels, kept * height! * width! * 3);
  return {
    dataset: {
      ...dataset,
      ...colourStatistics(used, 3),
      labels: Int32Array.from(labels),
      shape: [height!, width!, 3],
      images: { kind: "pixels", pixels: used, ...(exif ? { exif } : {}) },
    },
    skipped,
  };
}

function damaged(lines: readonly string[], images: number): DataError {
  return new DataError(
    `Expected ${images} whole images but ${lines.length} cannot be used: ${someOf(lines)}. ` +
      `Repair or remove them, or skip them with --skip-bad`,
  );
}

/** Copies the first `length` bytes into shared memory of exactly that size. */
function trimmed(pixels: Uint8Array, length: number): Uint8Array {
  if (pixels.length === length) return pixels;
  const exact = sharedPixels(length);
  exact.set(pixels.subarray(0, length));
  return exact;
}
