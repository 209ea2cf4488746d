/**
 * Image files of many kinds, with the pixels that Pillow reads in them.
 *
 * @module
 */
import golden from "../../golden/image_files.json" with { type: "json" };

/** Pixels as Pillow gives them. */
export interface Expected {
  /** Height, width and 3. */
  readonly shape: readonly number[];
  /** Red, green and blue. */
  readonly pixels: Uint8Array;
}

/** A file and what is in it. */
export interface GoldenFile extends Expected {
  /** Its name. */
  readonly name: string;
  /** The file. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How far a value may be from Pillow's. */
  readonly tolerance: number;
  /** The image turned by its EXIF orientation, where it has one. */
  readonly upright?: Expected;
}

interface Entry {
  readonly file: string;
  readonly shape: readonly number[];
  readonly pixels: string;
  readonly tolerance?: number;
  readonly upright?: { readonly shape: readonly number[]; readonly pixels: string };
}

/** All of them. */
export const GOLDEN_FILES: readonly GoldenFile[] = Object.entries(
  golden.files as unknown as Record<string, Entry>,
).map(([name, { file, tolerance = 0, upright, ...expected }]) => ({
  name,
  bytes: Uint8Array.fromBase64(file),
  tolerance,
  ...decoded(expected),
  upright: upright && decoded(upright),
}));

/** TIFF files of measurements, which have no colours. */
export const MEASUREMENTS: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[] =
  Object
    .entries(golden.refused).map(([name, file]) => [name, Uint8Array.fromBase64(file)]);

/** One of them, by its name. */
export function goldenFile(name: string): GoldenFile {
  const found = GOLDEN_FILES.find((file) => file.name === name);
  if (!found) throw new Error(`Expected a golden file named ${name}`);
  return found;
}

function decoded({ shape, pixels }: { shape: readonly number[]; pixels: string }): Expected {
  return { shape, pixels: Uint8Array.fromBase64(pixels) };
}
