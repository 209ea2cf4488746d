/**
 * Describes the content that is not read in the folders of data sets.
 *
 * @module
 */
import type { ImageDataset } from "../dataset.ts";
import { describeSkipped } from "./skipped_content.ts";

/**
 * Describes the other content of the folders of data sets.
 *
 * @param sets The data sets.
 * @returns One line for each folder with content that is not read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageFolder } from "@nbn/toolkit/data";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.mkdir(`${folder}/cat`);
 * for (const name of ["1.jpg", "._1.jpg"]) await Deno.writeTextFile(`${folder}/cat/${name}`, "");
 * assertEquals(describeAllSkipped([await imageFolder(folder)]), [
 *   `not read in ${folder}: 1 hidden file or folder (cat/._1.jpg)`,
 * ]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function describeAllSkipped(sets: readonly ImageDataset[]): string[] {
  return sets.flatMap(({ images }) =>
    images.kind === "files" && images.skipped?.length
      ? [`not read in ${images.paths.root}: ${describeSkipped(images.skipped)}`]
      : []
  );
}
