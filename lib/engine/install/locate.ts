/**
 * Finding an installed libtensorflow without loading or downloading it.
 *
 * @module
 */
import { PROGRAM } from "../../core/program.ts";
import { dirname, join } from "node:path";
import { EngineError } from "../../core/errors.ts";
import { cacheFolder } from "./cache.ts";
import { libraryFiles, missingFiles } from "./library_files.ts";
import { libraryBuild, TENSORFLOW_VERSION } from "./platform.ts";
import { findPythonTensorflow } from "./python.ts";
import { expectOwned } from "./writable_by_all.ts";

/** Where libtensorflow was found. */
export interface LibraryLocation {
  /** Folder that contains both libraries. */
  readonly folder: string;
  /** Description of its origin, for instance `the cache`. */
  readonly source: string;
  /** Version of TensorFlow, if known without loading it. */
  readonly version?: string;
}

/**
 * Searches for libtensorflow in the folder named by `NBN_LIBTENSORFLOW`, else in the project's cache, else in an
 * installed Python `tensorflow` of the tested version.
 *
 * @returns The first location with both libraries, or undefined.
 * @throws {EngineError} If `NBN_LIBTENSORFLOW` is set to a folder that lacks them.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const found = await locateLibtensorflow();
 * if (found) assert((await Deno.stat(found.folder)).isDirectory);
 * ```
 */
export async function locateLibtensorflow(): Promise<LibraryLocation | undefined> {
  const named = Deno.env.get("NBN_LIBTENSORFLOW");
  if (named) return await namedFolder(named);
  return await cachedLibrary() ?? await pythonLibrary();
}

/**
 * Returns the library in the project's cache, if `deno task setup` has installed it.
 *
 * @returns Its location.
 * @throws {EngineError} If every user of the machine may change it.
 */
export async function cachedLibrary(): Promise<LibraryLocation | undefined> {
  const build = libraryBuild();
  if (!build) return undefined;
  const cache = cacheFolder(), folder = join(cache, build.folder, "tensorflow");
  if ((await missingFiles(folder)).length > 0) return undefined;
  const files = libraryFiles().map((file) => join(folder, file));
  await expectOwned("TensorFlow's library", [cache, join(cache, build.folder), folder, ...files]);
  return { folder, source: "the cache", version: TENSORFLOW_VERSION };
}

async function namedFolder(folder: string): Promise<LibraryLocation> {
  const missing = await missingFiles(folder);
  if (missing.length > 0) {
    throw new EngineError(
      `Expected NBN_LIBTENSORFLOW to name a folder with ${missing.join(" and ")} ` +
        `but found none in ${folder}: correct it, or unset it to use what "${PROGRAM} setup" installs`,
    );
  }
  return { folder, source: "NBN_LIBTENSORFLOW" };
}

async function pythonLibrary(): Promise<LibraryLocation | undefined> {
  const found = await findPythonTensorflow();
  // Another release may lack or change functions of the C API, which would crash the process.
  if (found?.version !== TENSORFLOW_VERSION) return undefined;
  const folder = dirname(found.init);
  if ((await missingFiles(folder)).length > 0) return undefined;
  return { folder, source: "Python's tensorflow", version: found.version };
}
