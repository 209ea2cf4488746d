/**
 * Headers of image files.
 *
 * @module
 */
import { magickHeader } from "../../deps/magick.ts";
import type { Orientation } from "./exif.ts";
import { gifHeader } from "./gif_header.ts";
import { jpegHeader } from "./jpeg_header.ts";
import type { ImageKind } from "./kind.ts";
import { pngHeader } from "./png_header.ts";
import { webpHeader } from "./webp_header.ts";

/** What is known of an image without decoding it. */
export interface ImageHeader {
  /** Width of the image as it is decoded without turning, in pixels. */
  readonly width: number;
  /** Height of the image as it is decoded without turning, in pixels. */
  readonly height: number;
  /** How it has to be turned to be displayed; 1 for kinds that are always upright when decoded. */
  readonly orientation: Orientation;
}

/**
 * Reads size and orientation.
 *
 * @param kind What the file is.
 * @param bytes The file; for JPEG, PNG and GIF, its part up to the pixels is enough.
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
      return { ...gifHeader(bytes), orientation: 1 };
    default: {
      const { width, height, orientation } = await magickHeader(bytes, kind);
      // Such images are upright when they are decoded; in HEIC and AVIF files the size is already that.
      const swapped = kind === "TIFF" && orientation >= 5;
      const size = swapped ? { width: height, height: width } : { width, height };
      return { ...size, orientation: 1 };
    }
  }
}
