/**
 * Reader of tar archives, loaded on first use.
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

/** A file within an archive. */
export interface TarFile {
  /** Path within the archive. */
  readonly name: string;
  /** Contents; absent for folders. */
  readonly data?: Uint8Array;
}

/** Parses a tar archive and returns its files. */
export async function readTar(bytes: Uint8Array): Promise<readonly TarFile[]> {
  const { parseTar }: typeof import("npm:nanotar@0.3.0") = await import(
    `npm:nanotar@0.3.0/${ON_USE}`
  );
  return parseTar(bytes);
}
