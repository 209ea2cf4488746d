/**
 * Image files of many kinds to the pixels that Pillow reads in them, by every decoder.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../../lib/core/errors.ts";
import { decodeImage, imageHeader } from "../../../lib/data/decode.ts";
import type { Image } from "../../../lib/data/images/image.ts";
import { attachJpeg, type NativeJpeg, sharedJpeg } from "../../../lib/data/native_jpeg.ts";
import { type Expected, GOLDEN_FILES } from "./golden.ts";

const shared = await sharedJpeg();
/** TensorFlow's decoder where it is installed, and WebAssembly's. */
const DECODERS: readonly (readonly [name: string, jpeg?: NativeJpeg])[] = [
  ...(shared ? [["TensorFlow", attachJpeg(shared)] as const] : []),
  ["WebAssembly"],
];

/** Compares an image with Pillow's. */
function assertPixels(image: Image, { shape, pixels }: Expected, tolerance: number, name: string) {
  assertEquals([image.height, image.width, 3], shape, name);
  const apart = pixels.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - image.pixels[i])),
    0,
  );
  assert(apart <= tolerance, `${name} is up to ${apart} away from Pillow's`);
}

for (const [decoder, jpeg] of DECODERS) {
  const jpegsOnly = decoder === "TensorFlow" ? "JPEG files" : "image files of every kind";
  Deno.test(`${jpegsOnly} have Pillow's pixels [${decoder}]`, async () => {
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
