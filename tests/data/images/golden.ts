/**
 * Image files of many formats with Pillow's pixels.
 *
 * @module
 */
import golden from "../../golden/image_files.json" with { type: "json" };

/** Pixels decoded by Pillow. */
export interface Expected {
  /** Height, width and 3. */
  readonly shape: readonly number[];
  /** RGB values. */
  readonly pixels: Uint8Array;
}

/** A file with its pixels. */
export interface GoldenFile extends Expected {
  /** Name of the file. */
  readonly name: string;
  /** Its bytes. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Maximum difference from Pillow's values. */
  readonly tolerance: number;
  /** The image rotated by its EXIF orientation, if it has one. */
  readonly upright?: Expected;
}

interface Entry {
  readonly file: string;
  readonly shape: readonly number[];
  readonly pixels: string;
  readonly tolerance?: number;
  readonly upright?: { readonly shape: readonly number[]; readonly pixels: string };
}

/** All files. */
export const GOLDEN_FILES: readonly GoldenFile[] = Object.entries(
  golden.files as unknown as Record<string, Entry>,
).map(([name, { file, tolerance = 0, upright, ...expected }]) => ({
  name,
  bytes: Uint8Array.fromBase64(file),
  tolerance,
  ...decoded(expected),
  upright: upright && decoded(upright),
}));

/** TIFF files of floating-point measurements. */
export const MEASUREMENTS: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[] =
  Object
    .entries(golden.refused).map(([name, file]) => [name, Uint8Array.fromBase64(file)]);

/** Returns the file of a name. */
export function goldenFile(name: string): GoldenFile {
  const found = GOLDEN_FILES.find((file) => file.name === name);
  if (!found) throw new Error(`Expected a golden file named ${name}`);
  return found;
}

function decoded({ shape, pixels }: { shape: readonly number[]; pixels: string }): Expected {
  return { shape, pixels: Uint8Array.fromBase64(pixels) };
}
