/**
 * Digests by which annotated images are recognised wherever they are stored.
 *
 * @module
 */
import { fileSizes } from "../../data/content_digest.ts";
import { sha256 } from "../../data/digest.ts";
import { pathTable } from "../../data/paths.ts";
import { sha256OfFile } from "../../engine/install/checksum.ts";
import type { DetectionDataset } from "../lvis/dataset.ts";

/**
 * Computes the SHA-256 of a file of annotations and of the sizes of up to 10,000 images at regular intervals, because
 * reading every image would take as long as an epoch.
 *
 * @param dataset The annotations; its file is read again.
 * @param folder Folder in which the paths of the images begin.
 * @returns 64 hexadecimal digits.
 */
export async function annotationsDigest(
  { file, images }: Pick<DetectionDataset, "file" | "images">,
  folder: string,
): Promise<string> {
  const paths = pathTable(images.map(({ path }) => path), folder);
  return sha256(await sha256OfFile(file), fileSizes(paths));
}
