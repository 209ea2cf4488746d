/**
 * Messages for image files that cannot or should not be decoded.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { deflateSync } from "node:zlib";
import { DataError } from "../../../lib/core/errors.ts";
import { decodeImage } from "../../../lib/data/decode.ts";
import { GOLDEN_FILES, goldenFile, MEASUREMENTS } from "./golden.ts";

const text = new TextEncoder();

/** Copies bytes and overwrites some of them. */
function patched(name: string, at: number, bytes: readonly number[]): Uint8Array<ArrayBuffer> {
  const file = goldenFile(name).bytes.slice();
  file.set(bytes, at);
  return file;
}

/** Encodes a PNG file of one data chunk without checksums, which decoders accept. */
function png(width: number, height: number, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunk = (name: string, body: Uint8Array) => {
    const bytes = new Uint8Array(12 + body.length);
    new DataView(bytes.buffer).setUint32(0, body.length);
    bytes.set(text.encode(name), 4);
    bytes.set(body, 8);
    return [...bytes];
  };
  const header = new Uint8Array(13);
  new DataView(header.buffer).setUint32(0, width);
  new DataView(header.buffer).setUint32(4, height);
  header.set([8, 2], 8);
  const start = [0x89, ...text.encode("PNG\r\n\x1a\n")];
  const chunks = [["IHDR", header], ["IDAT", data], ["IEND", new Uint8Array(0)]] as const;
  return Uint8Array.from([...start, ...chunks.flatMap(([name, body]) => chunk(name, body))]);
}

Deno.test("decoding throws on a truncated file of any format", async () => {
  for (const { name, bytes } of GOLDEN_FILES) {
    const half = bytes.slice(0, Math.floor(bytes.length / 2));
    await assertRejects(() => decodeImage(half, name), DataError, name);
  }
});

Deno.test("decoding throws on an image above the pixel limit before decoding it", async () => {
  const large = [0x75, 0x30], little = large.toReversed();
  // 30,000 × 30,000 in the headers of small files.
  const files: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
    "large.png": png(30_000, 30_000, deflateSync(new Uint8Array(1e6))),
    "large.jpg": patched("baseline.jpg", sizeOfJpeg(), [...large, ...large]),
    "large.gif": patched("plain.gif", 6, [...little, ...little]),
    "large.bmp": patched("rgb.bmp", 18, [...little, 0, 0, ...little]),
    "large.webp": patched("lossy.webp", 26, [...little, ...little]),
    "large.ppm": text.encode("P6 30000 30000 255\nabc"),
  };
  for (const [name, file] of Object.entries(files)) {
    const error = await assertRejects(() => decodeImage(file, name), DataError, name);
    assert(
      /at most 178956970 pixels .* (30000|13616) × (30000|13616)/.test(error.message),
      error.message,
    );
  }
});

Deno.test("the pixel limit can be lowered and raised", async () => {
  const { bytes, name } = goldenFile("baseline.jpg");
  await assertRejects(() => decodeImage(bytes, name, { maxPixels: 265 }), DataError, "19 × 14");
  assertEquals((await decodeImage(bytes, name, { maxPixels: 266 })).width, 19);
});

Deno.test("decoding throws on a PNG whose data exceeds its pixels", async () => {
  const file = png(10, 10, deflateSync(new Uint8Array(7e7)));
  await assertRejects(() => decodeImage(file, "x.png"), DataError, "longer than 10 × 10 pixels");
});

Deno.test("decoding throws on a TIFF of floating-point measurements", async () => {
  assertEquals(MEASUREMENTS.length, 3);
  for (const [name, bytes] of MEASUREMENTS) {
    await assertRejects(() => decodeImage(bytes, name), DataError, "convert it to 8 bits");
  }
});

Deno.test("an image is decoded by its content, not by its extension", async () => {
  for (const name of ["rgb-8.png", "lossy.webp", "plain.gif", "rgb.bmp", "baseline.jpg"]) {
    const { bytes, shape } = goldenFile(name);
    for (const other of ["x.jpg", "x.png", "x"]) {
      const { width, height } = await decodeImage(bytes, other);
      assertEquals([height, width, 3], shape);
    }
  }
  const cut = goldenFile("baseline.jpg").bytes.slice(0, -2);
  const both =
    "Expected a JPEG image in x.png, which is not a PNG image as its extension indicates";
  await assertRejects(() => decodeImage(cut, "x.png"), DataError, both);
});

Deno.test("decoding throws on other files with their content type and extension", async () => {
  const files: Readonly<Record<string, string>> = {
    "a web page": "<!DOCTYPE html><title>404</title>",
    "an XML or SVG file": '<svg xmlns="…"/>',
    "a PDF file": "%PDF-1.4",
    "a zip file": "PK\x03\x04",
    "a pointer of Git LFS": "version https://git-lfs.github.com/spec/v1",
    "zeros": "\0".repeat(100),
    "a PNM image written as text": "P3\n1 1 255\n1 2 3\n",
    "text": "not an image\n",
    "a video": "\0\0\0\x18ftypmp42",
    "a file that begins with 01 02 03": "\x01\x02\x03",
  };
  for (const [what, content] of Object.entries(files)) {
    const message = `Expected a PNG image in x.png, as its extension indicates, but found ${what}`;
    await assertRejects(() => decodeImage(text.encode(content), "x.png"), DataError, message);
  }
  const empty = new Uint8Array(0);
  await assertRejects(() => decodeImage(empty, "x.png"), DataError, "x.png but the file is empty");
  const { bytes } = goldenFile("raw.tif");
  await assertRejects(() => decodeImage(bytes, "x.NEF"), DataError, "raw data of a camera");
});

/** Offset of the height in a golden JPEG file, followed by the width. */
function sizeOfJpeg(): number {
  const { bytes } = goldenFile("baseline.jpg");
  return bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0) + 5;
}
