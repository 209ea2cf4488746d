/**
 * Finding libtensorflow on this machine.
 *
 * @module
 */
import { libraryFiles } from "../tensorflow/library.ts";

/** TensorFlow's version that is installed and tested. */
export const TENSORFLOW_VERSION = "2.21.0";

/** Where libtensorflow lies. */
export interface Located {
  /** Folder with the two libraries. */
  folder: string;
  /** How it was found, in words. */
  source: string;
}

/**
 * The project's cache folder.
 *
 * @returns `$XDG_CACHE_HOME/nbn`, else `~/.cache/nbn`.
 */
export function cacheFolder(): string {
  const base = Deno.env.get("XDG_CACHE_HOME") || `${Deno.env.get("HOME") ?? "."}/.cache`;
  return `${base}/nbn`;
}

/**
 * The folder of the cache that `setup` fills.
 *
 * @returns Its path; it need not exist.
 */
export function installedFolder(): string {
  return `${cacheFolder()}/tensorflow-${TENSORFLOW_VERSION}/tensorflow`;
}

/**
 * Looks for libtensorflow: in the folder that `NBN_LIBTENSORFLOW` names, in the project's cache.
 *
 * @returns Where it lies, or `undefined`.
 */
export async function locateLibtensorflow(): Promise<Located | undefined> {
  const named = Deno.env.get("NBN_LIBTENSORFLOW");
  if (named) return { folder: named, source: "NBN_LIBTENSORFLOW" };
  const folder = installedFolder();
  return await holdsLibraries(folder) ? { folder, source: "the cache" } : undefined;
}

/**
 * Whether a folder holds both libraries.
 *
 * @param folder Path of the folder.
 * @returns Whether both files are there.
 */
export async function holdsLibraries(folder: string): Promise<boolean> {
  const { framework, core } = libraryFiles();
  try {
    await Promise.all([framework, core].map((file) => Deno.stat(`${folder}/${file}`)));
    return true;
  } catch {
    return false;
  }
}
