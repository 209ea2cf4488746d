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
import { pluginBuild, type PluginName } from "./plugins.ts";
import { PYTHON_COMMAND, runProgram } from "./python.ts";
import { expectOwned } from "./writable_by_all.ts";

/** Where a plugin was found. */
export interface PluginLocation {
  /** Path of the plugin's shared library. */
  readonly library: string;
  /** Folder of NVIDIA's compiler, for plugins that need it. */
  readonly cuda?: string;
  /** Description of its origin, for instance `the cache`. */
  readonly source: string;
}

/**
 * Searches for a plugin in the project's cache, else among the packages of Python.
 *
 * @param name Kind of accelerator.
 * @param options `searchesPython`: whether Python is started to be asked for its packages.
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
export async function locatePlugin(
  name: PluginName,
  { searchesPython = true }: { searchesPython?: boolean } = {},
): Promise<PluginLocation | undefined> {
  const build = pluginBuild(name);
  if (!build) return undefined;
  const cache = cacheFolder(), folder = join(cache, build.folder);
  if ((await missingFiles(folder, build.files)).length === 0) {
    const library = join(folder, build.library);
    await expectOwned("a plugin", [cache, folder, dirname(library), library]);
    return located(folder, build, "the cache");
  }
  if (!searchesPython) return undefined;
  const packages = await pythonPackages(build.library.split("/")[0]);
  for (const folder of packages) {
    if ((await missingFiles(folder, build.files)).length === 0) {
      return located(folder, build, `Python's packages in ${folder}`);
    }
  }
  return undefined;
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
  return { library, source: "NBN_PJRT_PLUGIN" };
}

function located(
  folder: string,
  { library, cuda }: { library: string; cuda?: string },
  source: string,
): PluginLocation {
  return {
    library: join(folder, library),
    ...(cuda ? { cuda: join(folder, cuda) } : {}),
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
