/**
 * Decodes image files to pixels.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { endingOf, isCameraRaw } from "./files/names.ts";
import { headerOf, type ImageHeader } from "./images/header.ts";
import { fromJpeg } from "./images/jpeg.ts";
import { type Decoding, type Image, MAX_PIXELS } from "./images/image.ts";
import { type ImageKind, imageKind, kindOfEnding, otherKind } from "./images/kind.ts";
import { upright } from "./images/orient.ts";
import { fromMagick } from "./images/other_kinds.ts";
import { fromPng } from "./images/png.ts";
import { fromWebp } from "./images/webp.ts";
import type { NativeJpeg } from "./native_jpeg.ts";

/** Options of {@linkcode decodeImage}. */
export interface DecodeOptions extends Decoding {
  /** JPEG decoder that is faster than the WebAssembly one and returns the same pixels. */
  readonly jpeg?: NativeJpeg;
}

/**
 * Decodes an image: JPEG, PNG, WebP, BMP, GIF, TIFF, PNM, HEIC or AVIF, detected by content, not by file name. Grey and
 * CMYK are converted to RGB, transparency is dropped, 16 bits are reduced to 8; of animations and multi-image files the
 * first image is decoded. TIFF, HEIC and AVIF images always have their orientation applied.
 *
 * @param bytes The file.
 * @param name Path of the file, for error messages.
 * @param options Orientation, pixel limit, JPEG decoder.
 * @returns The RGB image.
 * @throws {DataError} If the file is empty, truncated, corrupt, of another kind, or exceeds the pixel limit.
 */
export async function decodeImage(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
  { jpeg, exif = false, maxPixels = MAX_PIXELS }: DecodeOptions = {},
): Promise<Image> {
  const kind = kindOf(bytes, name);
  const header = await checked(kind, name, () => headerOf(kind, bytes));
  const { width, height, orientation } = header;
  if (width * height > maxPixels) {
    throw new DataError(
      `Expected images of at most ${maxPixels} pixels but ${name} has ${width} × ${height}: ` +
        `raise --max-pixels if this size is intended`,
    );
  }
  const image = await checked(kind, name, () => pixelsOf(kind, bytes, jpeg));
  if (image.width === 0 || image.height === 0) {
    throw new DataError(`Expected pixels in ${name} but the image has none`);
  }
  return exif ? upright(image, orientation) : image;
}

/**
 * Reads the header of an image file without decoding its pixels.
 *
 * @param bytes The file; for JPEG, PNG and GIF, the bytes before the pixels suffice.
 * @param name Path of the file, for error messages.
 * @returns Size and orientation.
 * @throws {DataError} If the file is empty, corrupt or of another kind.
 */
export async function imageHeader(bytes: Uint8Array, name: string): Promise<ImageHeader> {
  const kind = kindOf(bytes, name);
  return await checked(kind, name, () => headerOf(kind, bytes));
}

function pixelsOf(
  kind: ImageKind,
  bytes: Uint8Array<ArrayBuffer>,
  jpeg: NativeJpeg | undefined,
): Promise<Image> {
  if (kind === "JPEG") return fromJpeg(bytes, jpeg);
  if (kind === "PNG") return fromPng(bytes);
  if (kind === "WebP") return fromWebp(bytes);
  return fromMagick(kind, bytes);
}

function kindOf(bytes: Uint8Array, name: string): ImageKind {
  if (bytes.length === 0) throw new DataError(`Expected an image in ${name} but the file is empty`);
  const kind = imageKind(bytes);
  if (!kind) {
    const named = kindOfEnding(endingOf(name));
    const what = named
      ? `${an(named)} image in ${name}, as its extension indicates,`
      : `an image in ${name}`;
    throw new DataError(`Expected ${what} but found ${otherKind(bytes)}`);
  }
  // Camera raw files have a TIFF header, but their first image is a thumbnail.
  if (kind === "TIFF" && isCameraRaw(name)) {
    throw new DataError(`Expected an image in ${name} but found raw data of a camera: convert it`);
  }
  return kind;
}

function an(kind: ImageKind): string {
  return kind === "AVIF" ? "an AVIF" : `a ${kind}`;
}

/** Runs a decoder and wraps its errors in a `DataError` that names the file. */
async function checked<T>(
  kind: ImageKind,
  name: string,
  decode: () => Promise<T>,
): Promise<T> {
  try {
    return await decode();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : "the decoder gave up";
    const named = kindOfEnding(endingOf(name)) ?? kind;
    const other = named === kind
      ? ""
      : `, which is not a ${named} image as its extension indicates,`;
    const message = `Expected ${
      an(kind)
    } image in ${name}${other} but it cannot be decoded: ${reason}`;
    throw new DataError(message, { cause });
  }
}
