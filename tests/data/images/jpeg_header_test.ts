/**
 * Ends and segments of JPEG files.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../../lib/core/errors.ts";
import { decodeImage } from "../../../lib/data/decode.ts";
import { isWholeJpeg, jpegHeader } from "../../../lib/data/images/jpeg_header.ts";
import { goldenFile } from "./golden.ts";

const NAMES = ["baseline", "progressive", "restarts", "grey", "cmyk", "thumbnail"];
const JPEGS = NAMES.map((name) => goldenFile(`${name}.jpg`));

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

Deno.test("a JPEG with trailing bytes is complete", async () => {
  const film = new TextEncoder().encode("....ftypmp42".repeat(5000));
  for (const { name, bytes, shape, pixels } of JPEGS) {
    for (const behind of [Uint8Array.of(0), film, JPEGS[0].bytes, bytes.subarray(0, -2)]) {
      const file = joined(bytes, behind);
      assert(isWholeJpeg(file), name);
      const image = await decodeImage(file, name);
      assertEquals([image.height, image.width, 3], shape);
      const apart = pixels.map((value, i) => Math.abs(value - image.pixels[i]));
      assert(Math.max(...apart) <= 1, name);
    }
  }
});

Deno.test("a JPEG truncated anywhere is incomplete, with or without a thumbnail", () => {
  for (const { name, bytes } of JPEGS) {
    for (let length = 2; length < bytes.length; length++) {
      assert(!isWholeJpeg(bytes.subarray(0, length)), `${name} of ${length} bytes`);
    }
  }
  const { bytes } = goldenFile("thumbnail.jpg");
  const ends = bytes.reduce((n, byte, i) => n + Number(byte === 0xff && bytes[i + 1] === 0xd9), 0);
  assert(ends > 1, "Expected the end of a thumbnail in the file");
});

Deno.test("decoding throws on a truncated JPEG that is padded with zeros", async () => {
  const { bytes } = goldenFile("baseline.jpg");
  const half = bytes.subarray(0, bytes.length - 100);
  for (const file of [half.slice(), joined(half, new Uint8Array(5000))]) {
    await assertRejects(() => decodeImage(file, "x.jpg"), DataError, "x.jpg");
    await assertRejects(() => decodeImage(file, "x.jpg"), DataError, "truncated");
  }
});

Deno.test("the segments of a JPEG give its size, colours and orientation", () => {
  const read = (name: string) => jpegHeader(goldenFile(`${name}.jpg`).bytes);
  const plain = { width: 19, height: 14, components: 3, adobe: false, orientation: 1 } as const;
  assertEquals([read("progressive"), read("thumbnail")], [plain, plain]);
  assertEquals(read("grey"), { ...plain, components: 1 });
  assertEquals(read("ycck"), { ...plain, width: 8, height: 9, components: 4, adobe: true });
  for (let orientation = 1; orientation <= 8; orientation++) {
    assertEquals(read(`orientation-${orientation}`).orientation, orientation);
  }
});
