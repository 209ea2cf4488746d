/**
 * File names of TensorFlow's two libraries.
 *
 * @module
 */
import { join } from "node:path";

/** An operating system, as `Deno.build.os` names it. */
export type OperatingSystem = typeof Deno.build.os;

/**
 * Returns the file names of libtensorflow's two libraries.
 *
 * @param os The operating system.
 * @returns The framework library, and the core library that depends on it.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(libraryFiles("linux"), [
 *   "libtensorflow_framework.so.2",
 *   "libtensorflow_cc.so.2",
 * ]);
 * ```
 */
export function libraryFiles(os: OperatingSystem = Deno.build.os): readonly [string, string] {
  return os === "darwin"
    ? ["libtensorflow_framework.2.dylib", "libtensorflow_cc.2.dylib"]
    : ["libtensorflow_framework.so.2", "libtensorflow_cc.so.2"];
}

/**
 * Lists which files are missing from a folder.
 *
 * @param folder A folder, which need not exist.
 * @param files Paths in the folder, by default TensorFlow's two libraries.
 * @returns Paths of the missing (or empty) files.
 */
export async function missingFiles(
  folder: string,
  files: readonly string[] = libraryFiles(),
): Promise<string[]> {
  const missing: string[] = [];
  for (const file of files) {
    const info = await Deno.stat(join(folder, file)).catch(() => undefined);
    if (!info?.isFile || info.size === 0) missing.push(file);
  }
  return missing;
}
