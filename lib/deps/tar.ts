/**
 * Reader of tar archives, loaded on first use.
 *
 * @module
 */

/** A file within an archive. */
export interface TarFile {
  /** Path within the archive. */
  readonly name: string;
  /** Contents; absent for folders. */
  readonly data?: Uint8Array;
}

/** Parses a tar archive and returns its files. */
export async function readTar(bytes: Uint8Array): Promise<readonly TarFile[]> {
  const { parseTar } = await import("npm:nanotar@0.3.0");
  return parseTar(bytes);
}
