/**
 * The wheels that hold libtensorflow, by platform.
 *
 * @module
 */
import { libraryFiles } from "./library_files.ts";
import type { Wheel } from "./wheel.ts";

/** The TensorFlow release that the engine is written for and tested with. */
export const TENSORFLOW_VERSION = "2.21.0";

/** A set of native libraries for a platform. */
export interface Build {
  /** Name of the platform, for instance `Linux x86-64`. */
  readonly platform: string;
  /** Name of its folder in the cache, for instance `libtensorflow-2.21.0-cpu`. */
  readonly folder: string;
  /** Wheels to download. */
  readonly wheels: readonly Wheel[];
  /** Paths in the folder of the files that have to be there. */
  readonly files: readonly string[];
  /** Whether the build has been tested on such a machine; if not, `setup` prints a note. */
  readonly tested: boolean;
}

/** The part of `Deno.build` that selects a build. */
export interface Machine {
  /** Operating system, for instance `linux`. */
  readonly os: string;
  /** Processor architecture, `x86_64` or `aarch64`. */
  readonly arch: string;
}

const PYTHON = { python: "3.11", abi: "cp311" };

const CPU: Record<string, Build> = {
  "linux x86_64": build("Linux x86-64", true, {
    package: "tensorflow-cpu",
    platform: "manylinux_2_27_x86_64",
    sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
    megabytes: 274,
  }),
  "linux aarch64": build("Linux arm64", false, {
    package: "tensorflow",
    platform: "manylinux_2_27_aarch64",
    sha256: "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
    megabytes: 282,
  }),
  "darwin aarch64": build("macOS arm64", false, {
    package: "tensorflow",
    platform: "macosx_12_0_arm64",
    sha256: "51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88",
    megabytes: 223,
  }),
};

/**
 * Returns the build of libtensorflow for a machine.
 *
 * @param machine The machine, by default this one.
 * @returns The build, or undefined if TensorFlow has none for the machine.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const build = libraryBuild({ os: "linux", arch: "x86_64" });
 * assertEquals(build?.wheels[0].package, "tensorflow-cpu");
 * assertEquals(libraryBuild({ os: "windows", arch: "x86_64" }), undefined);
 * ```
 */
export function libraryBuild(machine: Machine = Deno.build): Build | undefined {
  return CPU[machineName(machine)];
}

/** Returns the name of a machine in tables of builds, for instance `linux x86_64`. */
export function machineName({ os, arch }: Machine): string {
  return `${os} ${arch}`;
}

function build(
  platform: string,
  tested: boolean,
  wheel: Pick<Wheel, "package" | "platform" | "sha256" | "megabytes">,
): Build {
  const files = libraryFiles().map((file) => `tensorflow/${file}`);
  return {
    platform,
    tested,
    folder: `libtensorflow-${TENSORFLOW_VERSION}-cpu`,
    files,
    wheels: [{
      ...PYTHON,
      version: TENSORFLOW_VERSION,
      keep: (path) => files.includes(path),
      ...wheel,
    }],
  };
}
