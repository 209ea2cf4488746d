/**
 * What image files tell in front of their pixels.
 *
 * @module
 */
import { magickHeader } from "../../deps/magick.ts";
import type { Orientation } from "./exif.ts";
import { jpegHeader } from "./jpeg_header.ts";
import type { ImageKind } from "./kind.ts";
import { pngHeader } from "./png_header.ts";
import { webpHeader } from "./webp_header.ts";

/** What a file tells without being decoded. */
export interface ImageHeader {
  /** Width of the image as it is stored, in pixels. */
  readonly width: number;
  /** Height of the image as it is stored, in pixels. */
  readonly height: number;
  /** How it is looked at; 1 for kinds that no camera writes. */
  readonly orientation: Orientation;
}

/**
 * Reads size and orientation.
 *
 * @param kind What the file is.
 * @param bytes The file; for JPEG and PNG, its part up to the pixels is enough.
 * @returns Both.
 * @throws {Error} If the file is damaged.
 */
export async function headerOf(kind: ImageKind, bytes: Uint8Array): Promise<ImageHeader> {
  switch (kind) {
    case "JPEG":
      return jpegHeader(bytes);
    case "PNG":
      return pngHeader(bytes);
    case "WebP":
      return webpHeader(bytes);
    case "GIF":
      return screenOf(bytes);
    default: {
      const { width, height, orientation } = await magickHeader(bytes, kind);
      // What is rotated in HEIC and AVIF files is turned by their decoder.
      const told = kind === "TIFF" && orientation >= 1 ? orientation as Orientation : 1;
      return { width, height, orientation: told };
    }
  }
}

/** The screen that a GIF's frames are put on (GIF89a, section 18). */
function screenOf(bytes: Uint8Array): ImageHeader {
  if (bytes.length < 10) throw new Error("it tells no size");
  const [width, height] = [6, 8].map((at) => bytes[at] | bytes[at + 1] << 8);
  return { width, height, orientation: 1 };
}
