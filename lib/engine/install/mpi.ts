/**
 * The MPI library that several processes add their gradients with: its wheel, and where it is found.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { EngineError } from "../../core/errors.ts";
import { exists } from "../../core/exists.ts";
import { cacheFolder } from "./cache.ts";
import { removeStaging } from "./install.ts";
import { UnavailableError } from "./install_error.ts";
import { missingFiles } from "./library_files.ts";
import { type Build, type Machine, machineName } from "./platform.ts";
import { download, type SetupOptions } from "./setup.ts";
import { expectOwned } from "./writable_by_all.ts";

/** The release of MPICH that this project is tested with. */
const MPICH_VERSION = "5.0.2";
/** MPI's standard binary interface (MPI 5.0), which is the same for all libraries that have it. */
const LIBRARY = "lib/libmpi_abi.so.1";

const WHEELS: Readonly<Record<string, { arch: string; sha256: string; megabytes: number }>> = {
  "linux x86_64": {
    arch: "x86_64",
    sha256: "8fed465ebff269ea2ebac179a25de02671ddf8df476e0f115be089015015cfd4",
    megabytes: 13,
  },
  "linux aarch64": {
    arch: "aarch64",
    sha256: "992ae6ebb0da97d49d7a67000ae8112da9a3825da1bb1e6f1d196428a0410f2d",
    megabytes: 10,
  },
};

/**
 * Returns the build of MPICH for a machine.
 *
 * @param machine The machine, by default this one.
 * @returns The build, or `undefined` if this project uses none there.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mpiBuild({ os: "linux", arch: "x86_64" })?.wheels[0].package, "mpich");
 * assertEquals(mpiBuild({ os: "darwin", arch: "aarch64" }), undefined);
 * ```
 */
export function mpiBuild(machine: Machine = Deno.build): Build | undefined {
  const name = machineName(machine), wheel = WHEELS[name];
  if (!wheel) return undefined;
  const { arch, sha256, megabytes } = wheel;
  return {
    platform: `MPICH on Linux ${arch}`,
    folder: `mpich-${MPICH_VERSION}`,
    files: [LIBRARY],
    tested: arch === "x86_64",
    wheels: [{
      package: "mpich",
      version: MPICH_VERSION,
      platform: `manylinux_2_28_${arch}`,
      python: "3.11",
      abi: "none",
      sha256,
      megabytes,
      keep: (path) => path === LIBRARY || path.startsWith("lib/mpich/"),
    }],
  };
}

/** Where an MPI library was found. */
export interface MpiLocation {
  /** Path of the shared library, with MPI's standard binary interface. */
  readonly library: string;
  /** Description of its origin, for instance `the cache`. */
  readonly source: string;
}

/**
 * Searches for an MPI library: the one that `NBN_MPI` names, else the one in the project's cache.
 *
 * @returns Its location; or why there is none, in a few words that tell what to do.
 * @throws {EngineError} If there is no such file, or it is in the cache and every user of the machine may change it.
 */
export async function locateMpi(): Promise<MpiLocation | string> {
  const named = Deno.env.get("NBN_MPI"), build = mpiBuild();
  if (named === "off") return "NBN_MPI is off";
  if (!build) return `MPI is not used on ${Deno.build.os} ${Deno.build.arch}`;
  if (named) {
    if (await exists(named)) return { library: named, source: "NBN_MPI" };
    throw new EngineError(
      `Expected NBN_MPI to name an MPI library, libmpi_abi.so.1, or to be off, but found no file ${named}`,
    );
  }
  const cache = cacheFolder(), folder = join(cache, build.folder), library = join(folder, LIBRARY);
  if ((await missingFiles(folder, build.files)).length > 0) {
    return "`deno task setup --mpi` installs a faster one";
  }
  await expectOwned("the MPI library", [cache, folder, dirname(library), library]);
  return { library, source: "the cache" };
}

/**
 * Installs MPICH into the cache, unless it is already installed.
 *
 * @param options Callbacks; the first note tells the size before anything is downloaded.
 * @returns The location of the library and whether this call installed it.
 * @throws {UnavailableError} If there is no build for this machine, or it cannot be downloaded.
 * @throws {InstallError} If the download is not the pinned file, or cannot be unpacked.
 */
export async function setupMpi(
  options: SetupOptions = {},
): Promise<{ library: string; installed: boolean }> {
  const build = mpiBuild();
  if (!build) {
    throw new UnavailableError(`MPI is not used on ${Deno.build.os} ${Deno.build.arch}`);
  }
  const folder = join(cacheFolder(), build.folder), library = join(folder, LIBRARY);
  if ((await missingFiles(folder, build.files)).length === 0) {
    await removeStaging(build);
    return { library, installed: false };
  }
  const [{ version, megabytes }] = build.wheels;
  options.onNote?.(`Downloading ${megabytes} MB: mpich ${version}`);
  await download(build, options);
  return { library, installed: true };
}
