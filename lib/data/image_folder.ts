/**
 * A folder of images, one folder inside it for each class.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { Fit, ImageDataset } from "./dataset.ts";
import { pathTable } from "./paths.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "./statistics.ts";

/** Options of {@linkcode imageFolder}. */
export interface ImageFolderOptions {
  /**
   * Height and width that images are resized to.
   *
   * @default {224}
   */
  size?: number;
  /**
   * How an image of another size comes to this one.
   *
   * @default {"stretch"}
   */
  fit?: Fit;
  /**
   * Mean of each channel on the scale 0 to 1, for normalisation.
   *
   * @default {ImageNet's}
   */
  mean?: readonly number[];
  /**
   * Standard deviation of each channel on the scale 0 to 1.
   *
   * @default {ImageNet's}
   */
  std?: readonly number[];
}

const IMAGE_NAME = /\.(jpe?g|png|webp)$/i;

/**
 * Lists a folder of JPEG, PNG or WebP images: `<folder>/<class>/…/<image>`. Classes are numbered in the
 * order of their names, images sorted by path, so that the same folder gives the same data set anywhere.
 * Images are decoded when they are needed.
 *
 * @param folder Path of the folder.
 * @param options Size and normalisation.
 * @returns The data set; its images stay on disk.
 * @throws {DataError} If the folder is missing, holds no class, or a class holds no image.
 */
export async function imageFolder(
  folder: string,
  options: ImageFolderOptions = {},
): Promise<ImageDataset> {
  const { size = 224, fit = "stretch", mean = IMAGENET_MEAN, std = IMAGENET_STD } = options;
  const classNames = (await entries(folder))
    .filter((entry) => entry.isDirectory && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
  if (classNames.length === 0) {
    throw new DataError(
      `Expected ${folder} to hold one folder of images for each class but found no folder in it`,
    );
  }
  const paths: string[] = [], labels: number[] = [];
  for (const [label, name] of classNames.entries()) {
    const images = (await imagesIn(folder, name)).sort();
    if (images.length === 0) {
      throw new DataError(
        `Expected images of class ${name} in ${folder}/${name} but found none: add some or remove the folder`,
      );
    }
    for (const path of images) {
      paths.push(path);
      labels.push(label);
    }
  }
  return {
    name: folder.replace(/\/+$/, "").split("/").pop() ?? folder,
    classNames,
    labels: Int32Array.from(labels),
    shape: [size, size, 3],
    mean,
    std,
    images: { kind: "files", paths: pathTable(paths, folder), fit },
  };
}

/** Paths within `root` of the images in one of its folders, and in the folders in it. */
async function imagesIn(root: string, folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await entries(`${root}/${folder}`)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...await imagesIn(root, path));
    else if (IMAGE_NAME.test(entry.name)) found.push(path);
  }
  return found;
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder));
  } catch (cause) {
    throw new DataError(
      `Expected a folder of images at ${folder} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
}
