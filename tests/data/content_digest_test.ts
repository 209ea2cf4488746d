/**
 * The digests by which data is recognised.
 *
 * @module
 */
import { assertEquals, assertNotEquals } from "@std/assert";
import { contentDigest } from "../../lib/data/content_digest.ts";
import type { ImageDataset } from "../../lib/data/dataset.ts";
import { imageList } from "../../lib/data/image_list.ts";
import { pickPaths } from "../../lib/data/paths.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "../train/small_images.ts";

const { train } = smallImages({ side: 2, max: 4, imbalance: 2 });

/** The images with one changed pixel. */
function changedPixel({ images, ...others }: ImageDataset): ImageDataset {
  if (images.kind !== "pixels") throw new TypeError("Expected pixels");
  const pixels = images.pixels.slice();
  pixels[pixels.length - 1] ^= 1;
  return { ...others, images: { ...images, pixels } };
}

Deno.test("contentDigest() follows what is learnt from, not the name", () => {
  const digest = contentDigest(train);
  assertEquals(contentDigest({ ...train, name: "renamed" }), digest);
  const [first, ...others] = train.labels;
  for (
    const other of [
      changedPixel(train),
      { ...train, labels: Int32Array.of(first + 1, ...others) },
      { ...train, classNames: train.classNames.toReversed() },
      { ...train, std: [1, 1, 1] },
    ]
  ) assertNotEquals(contentDigest(other), digest);
});

Deno.test("contentDigest() of a list follows paths, labels, sizes and decoding, not the folder", () =>
  inFolder(async (folder) => {
    const list = async (name: string, lines: string, size = 3) => {
      await Deno.mkdir(`${folder}/${name}/a`, { recursive: true });
      for (const file of ["a/1.png", "a/2.png", "b.png"]) {
        await Deno.writeFile(`${folder}/${name}/${file}`, new Uint8Array(size));
      }
      await Deno.writeTextFile(`${folder}/${name}.txt`, lines);
      return await imageList(`${folder}/${name}.txt`, { root: `${folder}/${name}` });
    };
    const one = await list("one", "a/1.png 0\na/2.png 1\nb.png 0\n");
    const digest = contentDigest(one);
    const absolute = ["a/1.png 0", "a/2.png 1", "b.png 0"].map((line) => `${folder}/two/${line}\n`);
    assertEquals(contentDigest(await list("two", absolute.join(""))), digest);
    if (one.images.kind !== "files") throw new TypeError("Expected files");
    const { images } = one;
    for (
      const other of [
        await list("labels", "a/1.png 0\na/2.png 0\nb.png 1\n"),
        await list("order", "a/2.png 0\na/1.png 1\nb.png 0\n"),
        await list("larger", "a/1.png 0\na/2.png 1\nb.png 0\n", 4),
        { ...one, images: { ...images, exif: true } },
        { ...one, images: { ...images, paths: { ...images.paths, root: `${folder}/none` } } },
      ]
    ) assertNotEquals(contentDigest(other), digest);
    // Only the paths count, not the bytes between them.
    const both = { ...one, labels: Int32Array.of(0, 1) };
    const pair = await list("pair", "a/1.png 0\na/2.png 1\n");
    const first = { ...both, images: { ...images, paths: pickPaths(images.paths, [0, 1]) } };
    assertEquals(contentDigest(first), contentDigest(pair));
  }));
