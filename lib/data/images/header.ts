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

/** Metadata of an image that is available without decoding. */
export interface ImageHeader {
  /** Width in pixels as decoded, before applying the orientation. */
  readonly width: number;
  /** Height in pixels as decoded, before applying the orientation. */
  readonly height: number;
  /** EXIF orientation; 1 for kinds whose decoder applies it. */
  readonly orientation: Orientation;
}

/**
 * Reads the size and orientation of an image.
 *
 * @param kind Kind of the file.
 * @param bytes The file; for JPEG, PNG and GIF, the bytes before the pixels suffice.
 * @returns Size and orientation.
 * @throws {Error} If the file is corrupt.
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
      // The decoder applies the orientation of these kinds; for HEIC and AVIF, the size already accounts for it.
      const swapped = kind === "TIFF" && orientation >= 5;
      const size = swapped ? { width: height, height: width } : { width, height };
      return { ...size, orientation: 1 };
    }
  }
}
