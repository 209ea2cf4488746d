/**
 * Reading tar archives, loaded when the first archive is met.
 *
 * @module
 */

/** A file within an archive. */
export interface TarFile {
  /** Its path. */
  readonly name: string;
  /** What it holds; folders hold nothing. */
  readonly data?: Uint8Array;
}

/** Lists the files of an archive in memory. */
export async function readTar(bytes: Uint8Array): Promise<readonly TarFile[]> {
  const { parseTar } = await import("npm:nanotar@0.3.0");
  return parseTar(bytes);
}
