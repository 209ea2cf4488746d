/**
 * Built-in images as a file for peers.
 *
 * @module
 */
import { builtin } from "../../lib/data/builtin/mod.ts";

/**
 * Writes the pixels of the built-in training images.
 *
 * @param folder Folder to write to.
 * @returns Path of the file, `[count, 32, 32, 3]` bytes.
 */
export async function writePixels(folder: string): Promise<string> {
  const { images } = builtin({ testImages: 1 }).train;
  const path = `${folder}/pixels`;
  if (images.kind === "pixels") await Deno.writeFile(path, new Uint8Array(images.pixels));
  return path;
}
