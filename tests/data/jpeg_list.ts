/**
 * Lists of real JPEG files of several sizes, from the built-in images.
 *
 * @module
 */
import encodeJpeg from "npm:@jsquash/jpeg@1.6.0/encode.js";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { resize } from "../../lib/data/resize.ts";

const SIZES = [[32, 32], [64, 48], [40, 90], [75, 50]] as const;
const CLASSES = 3;

/**
 * Writes `<folder>/images/<class>/<number>.jpg`, and a list of them.
 *
 * @param folder Folder to write to.
 * @param options Number of images, name of the list, and the first of the built-in images.
 * @returns Path of the list, and of every image in order.
 */
export async function writeJpegList(
  folder: string,
  { images, name = "train.txt", first = 0 }: { images: number; name?: string; first?: number },
): Promise<{ list: string; root: string; paths: string[] }> {
  const { train } = builtin({ max: 300, imbalance: 1, testImages: 1 });
  if (train.images.kind !== "pixels") throw new Error("Expected the built-in images in memory");
  const indices = Array.from(
    { length: CLASSES },
    (_, label) => Array.from(train.labels.keys()).filter((image) => train.labels[image] === label),
  );
  const lines: string[] = [], paths: string[] = [];
  for (let i = 0; i < images; i++) {
    // Cycles through the classes, so that all have images.
    const index = indices[i % CLASSES][first + Math.floor(i / CLASSES)];
    const [width, height] = SIZES[i % SIZES.length];
    const pixels = train.images.pixels.slice(index * 3072, (index + 1) * 3072);
    const scaled = resize({ width: 32, height: 32, pixels }, width, height).pixels;
    const data = new Uint8ClampedArray(width * height * 4);
    for (let p = 0; p < width * height; p++) {
      data.set(
        [...scaled.subarray(3 * p, 3 * p + 3), 255],
        4 * p,
      );
    }
    const file = `${i % CLASSES}/${name}-${i}.jpg`;
    await Deno.mkdir(`${folder}/images/${i % CLASSES}`, { recursive: true });
    await Deno.writeFile(
      `${folder}/images/${file}`,
      new Uint8Array(await encodeJpeg({ width, height, data } as unknown as ImageData)),
    );
    lines.push(`images/${file} ${i % CLASSES}`);
    paths.push(`${folder}/images/${file}`);
  }
  const list = `${folder}/${name}`;
  await Deno.writeTextFile(list, lines.join("\n"));
  return { list, root: folder, paths };
}
