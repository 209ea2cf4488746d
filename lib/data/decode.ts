/**
 * Image files to pixels.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { decodeJpeg, decodePng, decodeWebp } from "../deps/image_codecs.ts";
import type { NativeJpeg } from "./native_jpeg.ts";

/** A decoded image. */
export interface Image {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Shape `[height, width, 3]`: red, green, blue, 0 to 255. */
  readonly pixels: Uint8Array;
}

/**
 * Decodes a JPEG, PNG or WebP file. Grey becomes colour, transparency is dropped, 16 bits become 8.
 *
 * @param bytes The file.
 * @param name What an error calls it: its path.
 * @param jpeg Decodes JPEG files faster than WebAssembly does, to the same pixels, and in CMYK too.
 * @returns The image in colour.
 * @throws {DataError} If the file is empty, truncated, damaged or of another kind.
 */
export async function decodeImage(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  jpeg?: NativeJpeg,
): Promise<Image> {
  const kind = kindOf(bytes);
  if (bytes.length === 0) throw new DataError(`Expected an image in ${name} but the file is empty`);
  if (!kind) {
    throw new DataError(`Expected a JPEG, PNG or WebP image in ${name} but found something else`);
  }
  if (kind === "JPEG" && !endsAsJpeg(bytes)) {
    throw new DataError(`Expected a whole JPEG image in ${name} but the file is cut off`);
  }
  let image: Image;
  try {
    image = kind === "PNG"
      ? fromPng(await decodePng(bytes))
      : kind === "JPEG"
      ? jpeg?.(bytes) ?? fromRgba(await decodeJpeg(bytes))
      : fromRgba(await decodeWebp(bytes));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "the decoder gave up";
    throw new DataError(`Expected a ${kind} image in ${name} but it is damaged: ${reason}`, {
      cause,
    });
  }
  if (image.width === 0 || image.height === 0) {
    throw new DataError(`Expected pixels in ${name} but the image has none`);
  }
  return image;
}

function kindOf(bytes: Uint8Array): "JPEG" | "PNG" | "WebP" | undefined {
  const starts = (at: number, text: string) =>
    [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return "JPEG";
  if (bytes[0] === 0x89 && starts(1, "PNG")) return "PNG";
  if (starts(0, "RIFF") && starts(8, "WEBP")) return "WebP";
  return undefined;
}

/** Whether the end-of-image marker stands near the end; the decoder itself would paint the rest grey. */
function endsAsJpeg(bytes: Uint8Array): boolean {
  for (let i = bytes.length - 2; i >= Math.max(2, bytes.length - 1024); i--) {
    if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  }
  return false;
}

function fromRgba(
  { width, height, data }: { width: number; height: number; data: ArrayLike<number> },
): Image {
  const pixels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < pixels.length; from += 4) {
    pixels[to++] = data[from];
    pixels[to++] = data[from + 1];
    pixels[to++] = data[from + 2];
  }
  return { width, height, pixels };
}

function fromPng(png: Awaited<ReturnType<typeof decodePng>>): Image {
  const { width, height, channels, depth, palette } = png;
  const pixels = new Uint8Array(width * height * 3);
  const value = reader(png);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[pixel * 3 + channel] = palette
        ? palette[value(pixel)][channel]
        : scaled(value(pixel * channels + (channels < 3 ? 0 : channel)), depth);
    }
  }
  return { width, height, pixels };
}

function scaled(value: number, depth: number): number {
  if (depth === 8) return value;
  return depth === 16 ? value >> 8 : value * 255 / (2 ** depth - 1);
}

/** Reads the n-th sample; below 8 bits several are packed in a byte, each row from a new one. */
function reader(
  { width, channels, depth, data }: Awaited<ReturnType<typeof decodePng>>,
): (index: number) => number {
  if (depth >= 8) return (index) => data[index];
  const perRow = width * channels, rowBytes = Math.ceil(perRow * depth / 8);
  return (index) => {
    const row = Math.floor(index / perRow), bit = (index % perRow) * depth;
    const byte = data[row * rowBytes + (bit >> 3)];
    return (byte >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
  };
}
