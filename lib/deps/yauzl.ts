/**
 * Reading zip files piece by piece, loaded only when a file is unpacked.
 *
 * @module
 */

/**
 * Loads the package.
 *
 * @returns Its module, with `openPromise`.
 */
export async function yauzl(): Promise<typeof import("npm:@types/yauzl@3.4.0")> {
  // @ts-types="npm:@types/yauzl@3.4.0"
  return (await import("npm:yauzl@3.4.0")).default;
}
