/**
 * Streaming reader of zip files, loaded when a file is first unpacked.
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

/**
 * Loads the package.
 *
 * @returns The module, with `openPromise`.
 */
export async function yauzl(): Promise<typeof import("npm:@types/yauzl@3.4.0")> {
  return (await import(`npm:yauzl@3.4.0/${ON_USE}`)).default;
}
