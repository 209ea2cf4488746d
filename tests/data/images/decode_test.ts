/**
 * Decoding of image files of many formats against Pillow, by every decoder.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { decodeImage, imageHeader } from "../../../lib/data/decode.ts";
import type { Image } from "../../../lib/data/images/image.ts";
import { attachJpeg, type NativeJpeg, sharedJpeg } from "../../../lib/data/native_jpeg.ts";
import { imageFolder, orderedBatches } from "../../../lib/data/mod.ts";
import { resize } from "../../../lib/data/resize.ts";
import { inFolder } from "../../in_folder.ts";
import { type Expected, GOLDEN_FILES, goldenFile } from "./golden.ts";

const shared = await sharedJpeg();
/** TensorFlow's decoder if it is installed, and WebAssembly's. */
const DECODERS: readonly (readonly [name: string, jpeg?: NativeJpeg])[] = [
  ...(shared ? [["TensorFlow", attachJpeg(shared)] as const] : []),
  ["WebAssembly"],
];

/** Asserts that an image agrees with Pillow's. */
function assertPixels(image: Image, { shape, pixels }: Expected, tolerance: number, name: string) {
  assertEquals([image.height, image.width, 3], shape, name);
  const apart = pixels.reduce(
    (max, value, i) => Math.max(max, Math.abs(value - image.pixels[i])),
    0,
  );
  assert(apart <= tolerance, `${name} is up to ${apart} away from Pillow's`);
}

for (const [decoder, jpeg] of DECODERS) {
  const jpegsOnly = decoder === "TensorFlow" ? "JPEG files" : "image files of every kind";
  Deno.test(`${jpegsOnly} decode to Pillow's pixels [${decoder}]`, async () => {
    for (const file of GOLDEN_FILES) {
      const { name, bytes, tolerance, upright } = file;
      if (decoder === "TensorFlow" && !name.endsWith(".jpg")) continue;
      assertPixels(await decodeImage(bytes, name, { jpeg }), file, tolerance, name);
      if (!upright) continue;
      const turned = await decodeImage(bytes, name, { jpeg, exif: true });
      assertPixels(turned, upright, tolerance, `${name}, upright,`);
    }
  });
}

Deno.test("worker threads decode the rarer formats", () =>
  inFolder(async (folder) => {
    const names = ["animated-part.webp", "cmyk-plain.jpg", "part.gif", "rgb.bmp"];
    await Deno.mkdir(`${folder}/all`);
    for (const name of names) await Deno.writeFile(`${folder}/all/${name}`, goldenFile(name).bytes);
    const plain = { mean: [0, 0, 0], std: [1, 1, 1], fit: "stretch", size: 4 } as const;
    const dataset = await imageFolder(folder, plain);
    const found: number[] = [];
    for await (const { images } of orderedBatches(dataset, { batch: 4 })) {
      found.push(...Array.from(images, (value) => Math.round(255 * value)));
    }
    const expected: number[] = [];
    for (const name of names) {
      const { bytes } = goldenFile(name);
      expected.push(...resize(await decodeImage(bytes, name), 4, 4).pixels);
    }
    assertEquals(found, expected);
  }));

Deno.test("readHeader() returns the decoded size for every format", async () => {
  for (const { name, bytes, shape, upright } of GOLDEN_FILES) {
    const { width, height, orientation } = await imageHeader(bytes, name);
    assertEquals([height, width, 3], shape, name);
    assertEquals(orientation > 1, upright !== undefined && !name.includes("-1."), name);
  }
});
