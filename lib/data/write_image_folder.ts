/**
 * Exports a data set as image files.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { encodePng } from "../deps/png_encoder.ts";
import type { ImageDataset } from "./dataset.ts";

/**
 * Writes the images of a data set as PNG files, `<folder>/<class>/<number>.png`: the layout that
 * {@linkcode imageFolder} and `deno task data import` read. Numbers are zero-padded, so that sorting by name keeps the
 * order.
 *
 * @param folder Output folder; created if it does not exist.
 * @param dataset A data set with pixels in memory, RGB or grey.
 * @returns Path of each image.
 * @throws {DataError} If the images are on disk, a class name is not a valid folder name, or a file cannot be written.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, imageFolder, writeImageFolder } from "@nbn/toolkit/data";
 *
 * const folder = await Deno.makeTempDir();
 * const { test } = builtin({ testImages: 1 });
 * await writeImageFolder(folder, test);
 * assertEquals((await imageFolder(folder)).labels.length, 10);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function writeImageFolder(folder: string, dataset: ImageDataset): Promise<string[]> {
  const { images, labels, classNames, shape: [height, width, channels], name } = dataset;
  if (images.kind !== "pixels") {
    throw new DataError(`Expected pixels in memory to write ${name} but found files`);
  }
  const wrong = classNames.find((name) => name.trim() === "" || /[/\\]|^\.+$/.test(name));
  if (wrong !== undefined) {
    throw new DataError(`Expected names of classes that folders can have but found "${wrong}"`);
  }
  const digits = String(Math.max(0, labels.length - 1)).length;
  const paths = Array.from(
    labels,
    (label, i) => `${folder}/${classNames[label]}/${String(i).padStart(digits, "0")}.png`,
  );
  try {
    for (const name of classNames) await Deno.mkdir(`${folder}/${name}`, { recursive: true });
    for (const [i, path] of paths.entries()) {
      const data = new Uint8Array(height * width * 4).fill(255);
      for (let index = 0; index < height * width; index++) {
        for (let c = 0; c < 3; c++) {
          const channel = Math.min(c, channels - 1);
          data[index * 4 + c] = images.pixels[(i * height * width + index) * channels + channel];
        }
      }
      await Deno.writeFile(path, await encodePng({ width, height, data }));
    }
  } catch (cause) {
    throw new DataError(`Expected to write to ${folder} but failed: ${(cause as Error).message}`, {
      cause,
    });
  }
  return paths;
}
