/**
 * Finding an installed PJRT plugin without loading or downloading it.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { EngineError } from "../../core/errors.ts";
import { exists } from "../../core/exists.ts";
import { cacheFolder } from "./cache.ts";
import { missingFiles } from "./library_files.ts";
import { type PluginBuild, pluginBuild, type PluginName } from "./plugins.ts";
import { PYTHON_COMMAND, runProgram } from "./python.ts";
import { expectOwned } from "./writable_by_all.ts";

/** Where a plugin was found. */
export interface PluginLocation {
  /** Path of the plugin's shared library. */
  readonly library: string;
  /** Folder of NVIDIA's compiler, for plugins that need it. */
  readonly cuda?: string;
  /** Name of a library of the driver that it needs, and the driver's name for people. */
  readonly driver?: { readonly library: string; readonly name: string };
  /** Paths of the libraries that it loads by name, the ones that others need first. */
  readonly loads: readonly string[];
  /** Description of its origin, for instance `the cache`. */
  readonly source: string;
}

/**
 * Searches for a plugin in the project's cache, else among the packages of Python.
 *
 * @param name Kind of accelerator.
 * @returns The first location that has it, or `undefined`.
 * @throws {EngineError} If it is in the cache and every user of the machine may change it.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * const found = await locatePlugin("cpu-plugin");
 * if (found) assert((await Deno.stat(found.library)).isFile);
 * ```
 */
export async function locatePlugin(name: PluginName): Promise<PluginLocation | undefined> {
  return await pluginInCache(name) ?? await pluginOfPython(name);
}

/**
 * Searches for a plugin in the project's cache.
 *
 * @param name Kind of accelerator.
 * @returns Its location, or `undefined`.
 * @throws {EngineError} If every user of the machine may change it.
 */
export async function pluginInCache(name: PluginName): Promise<PluginLocation | undefined> {
  const build = pluginBuild(name), cache = cacheFolder();
  if (!build) return undefined;
  const folder = join(cache, build.folder);
  if ((await missingFiles(folder, build.files)).length > 0) return undefined;
  const library = join(folder, build.library);
  await expectOwned("a plugin", [cache, folder, dirname(library), library]);
  return locationIn(folder, build, "the cache");
}

/**
 * Searches for a plugin among the packages of Python, which takes a moment to start.
 *
 * @param name Kind of accelerator.
 * @returns Its location, or `undefined`.
 */
export async function pluginOfPython(name: PluginName): Promise<PluginLocation | undefined> {
  const build = pluginBuild(name);
  if (!build) return undefined;
  for (const folder of await pythonPackages(build.library.split("/")[0])) {
    if ((await missingFiles(folder, build.files)).length === 0) {
      return locationIn(folder, build, `Python's packages in ${folder}`);
    }
  }
}

/**
 * Returns the plugin that `NBN_PJRT_PLUGIN` names.
 *
 * @returns Its location, or `undefined` if the variable is not set.
 * @throws {EngineError} If there is no such file.
 */
export async function namedPlugin(): Promise<PluginLocation | undefined> {
  const library = Deno.env.get("NBN_PJRT_PLUGIN");
  if (!library) return undefined;
  if (!await exists(library)) {
    throw new EngineError(
      `Expected NBN_PJRT_PLUGIN to name a plugin's shared library but found none at ${library}: ` +
        "correct it, or unset it to use what `deno task setup --device` installs",
    );
  }
  return { library, loads: [], source: "NBN_PJRT_PLUGIN" };
}

/**
 * Returns the location of a plugin in the folder that its wheels were unpacked to.
 *
 * @param folder The folder.
 * @param build The plugin.
 * @param source Description of the folder's origin.
 * @returns The location.
 */
export function locationIn(
  folder: string,
  { library, cuda, driver, needs, loads = [] }: PluginBuild,
  source: string,
): PluginLocation {
  return {
    library: join(folder, library),
    ...(cuda ? { cuda: join(folder, cuda) } : {}),
    ...(driver ? { driver: { library: driver, name: needs! } } : {}),
    loads: loads.map((path) => join(folder, path)),
    source,
  };
}

/** Folders in which Python finds a package, without importing it. */
async function pythonPackages(name: string): Promise<string[]> {
  const question = "import importlib.util, json, os, sys\n" +
    "spec = importlib.util.find_spec(sys.argv[1])\n" +
    "print(json.dumps([os.path.dirname(p) for p in spec.submodule_search_locations or []] if spec else []))";
  const ran = await runProgram(PYTHON_COMMAND, ["-c", question, name]);
  return ran?.success ? JSON.parse(ran.stdout) : [];
}
