/**
 * Detects the kind of a file by its first bytes, regardless of its name.
 *
 * @module
 */

/** A kind of image that can be decoded. */
export type ImageKind = "JPEG" | "PNG" | "WebP" | "BMP" | "GIF" | "TIFF" | "PNM" | "HEIC" | "AVIF";

/** File extensions of each kind, in lower case. */
const ENDINGS: Readonly<Record<ImageKind, readonly string[]>> = {
  JPEG: ["jpg", "jpeg", "jfif", "jpe"],
  PNG: ["png", "apng"],
  WebP: ["webp"],
  BMP: ["bmp", "dib"],
  GIF: ["gif"],
  TIFF: ["tif", "tiff"],
  PNM: ["pbm", "pgm", "ppm", "pnm"],
  HEIC: ["heic", "heif"],
  AVIF: ["avif"],
};

/**
 * Returns the kind of image of a file extension.
 *
 * @param ending The extension, in lower case.
 * @returns The kind, or `undefined` if the extension is of no supported kind.
 */
export function kindOfEnding(ending: string): ImageKind | undefined {
  return (Object.keys(ENDINGS) as ImageKind[]).find((kind) => ENDINGS[kind].includes(ending));
}

/** Magic bytes as Latin-1; `?` matches any byte. */
const STARTS: readonly (readonly [start: string, kind: ImageKind])[] = [
  ["\xff\xd8", "JPEG"],
  ["\x89PNG", "PNG"],
  ["RIFF????WEBP", "WebP"],
  ["BM", "BMP"],
  ["GIF87a", "GIF"],
  ["GIF89a", "GIF"],
  ["II*\0", "TIFF"],
  ["MM\0*", "TIFF"],
  ["????ftypavi", "AVIF"],
  ["????ftyphe", "HEIC"],
  ["????ftypmif1", "HEIC"],
  ["????ftypmsf1", "HEIC"],
];

/** Magic bytes of other files that are often named like images. */
const OTHER_STARTS: readonly (readonly [start: string, what: string])[] = [
  ["%PDF", "a PDF file"],
  ["PK\x03\x04", "a zip file"],
  ["\x1f\x8b", "a gzip file"],
  ["8BPS", "a Photoshop file"],
  ["II+\0", "a BigTIFF image"],
  ["MM\0+", "a BigTIFF image"],
  ["\xff\x0a", "a JPEG XL image"],
  ["\0\0\0\x0cJXL ", "a JPEG XL image"],
  ["\0\0\0\x0cjP  ", "a JPEG 2000 image"],
  ["????ftyp", "a video"],
  ["version https://git-lfs", "a pointer of Git LFS"],
  ["\0\0\0\0\0\0\0\0", "zeros"],
];

const TEXTS: readonly (readonly [start: RegExp, what: string])[] = [
  [/^\s*<(!doctype html|html)/i, "a web page"],
  [/^\s*<(\?xml|svg)/i, "an XML or SVG file"],
  [/^P[1-3]\s/, "a PNM image written as text, convert it"],
  [/^[\s!-~]+$/, "text"],
];

/**
 * Detects the kind of image in a file.
 *
 * @param bytes The file, or its first bytes.
 * @returns Its kind, or `undefined` if it is not supported.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(imageKind(Uint8Array.of(0xff, 0xd8, 0xff)), "JPEG");
 * assertEquals(imageKind(new TextEncoder().encode("GIF89a")), "GIF");
 * assertEquals(imageKind(new TextEncoder().encode("<html>")), undefined);
 * ```
 */
export function imageKind(bytes: Uint8Array): ImageKind | undefined {
  const first = firstOf(bytes);
  return STARTS.find(([start]) => beginsAs(first, start))?.[1] ??
    (/^P[4-6]\s/.test(first) ? "PNM" : undefined);
}

/**
 * Describes the content of a file that is not a supported image.
 *
 * @param bytes The file, or its first bytes.
 * @returns For error messages: the detected type, or the first bytes.
 */
export function otherKind(bytes: Uint8Array): string {
  const first = firstOf(bytes);
  const hexadecimal = Array.from(
    bytes.subarray(0, 4),
    (byte) => byte.toString(16).padStart(2, "0"),
  );
  return OTHER_STARTS.find(([start]) => beginsAs(first, start))?.[1] ??
    TEXTS.find(([start]) => start.test(first))?.[1] ??
    `a file that begins with ${hexadecimal.join(" ")}`;
}

function firstOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 64));
}

function beginsAs(first: string, start: string): boolean {
  return first.length >= start.length &&
    [...start].every((letter, i) => letter === "?" || first[i] === letter);
}
