/**
 * What the two libraries of TensorFlow are called, and whether a folder has them.
 *
 * @module
 */
import { join } from "node:path";

/** An operating system, as `Deno.build.os` names it. */
export type OperatingSystem = typeof Deno.build.os;

/**
 * File names of libtensorflow's two halves.
 *
 * @param os The operating system.
 * @returns First the framework, then the core that needs it.
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
 * Which of the two libraries a folder lacks.
 *
 * @param folder A folder, which need not exist.
 * @returns The missing file names, or none.
 */
export async function missingLibraries(folder: string): Promise<string[]> {
  const missing: string[] = [];
  for (const file of libraryFiles()) {
    const info = await Deno.stat(join(folder, file)).catch(() => undefined);
    if (!info?.isFile || info.size === 0) missing.push(file);
  }
  return missing;
}
