/**
 * Real archives and surroundings for the tests of the installation.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { libraryFiles } from "../../../lib/engine/install/library_files.ts";
import type { Build } from "../../../lib/engine/install/platform.ts";
import { runProgram } from "../../../lib/engine/install/python.ts";
import { zip } from "./zip.ts";

/** Whether `python3 -m pip` is on this machine. */
export const PIP_PRESENT = (await runProgram("python3", ["-m", "pip", "--version"]))?.success ??
  false;

/** Contents of the libraries in {@linkcode tinyBuild}: long enough to be written in several pieces. */
export const LIBRARY_BYTES = Uint8Array.from(
  { length: 300_000 },
  (_, i) => Math.imul(i, 2654435761) >>> 24,
);

/**
 * A wheel small enough for a test, that pip takes for TensorFlow's, and the build that asks for it.
 *
 * @param folder Where the wheel is put, for `PIP_FIND_LINKS`.
 * @param sha256 Another hash than the wheel's, to see it refused.
 */
export async function tinyBuild(folder: string, sha256?: string): Promise<Build> {
  const info = "tensorflow_cpu-2.21.0.dist-info";
  const wheel = zip({
    "tensorflow/__init__.py": "",
    ...Object.fromEntries(libraryFiles().map((file) => [`tensorflow/${file}`, LIBRARY_BYTES])),
    [`${info}/METADATA`]: "Metadata-Version: 2.1\nName: tensorflow-cpu\nVersion: 2.21.0\n",
    [`${info}/WHEEL`]: "Wheel-Version: 1.0\nRoot-Is-Purelib: false\n" +
      "Tag: cp311-cp311-manylinux_2_27_x86_64\n",
    [`${info}/RECORD`]: "",
  });
  const files = libraryFiles().map((file) => `tensorflow/${file}`);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeFile(
    join(folder, "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl"),
    wheel,
  );
  return {
    platform: "test",
    folder: "libtensorflow-test",
    tested: true,
    files,
    wheels: [{
      package: "tensorflow-cpu",
      version: "2.21.0",
      platform: "manylinux_2_27_x86_64",
      python: "3.11",
      abi: "cp311",
      sha256: sha256 ?? createHash("sha256").update(wheel).digest("hex"),
      megabytes: 1,
      keep: (path) => files.includes(path),
    }],
  };
}

/** Runs a test in a new folder, removed afterwards, with environment variables set meanwhile. */
export async function inFolder(
  work: (folder: string) => Promise<void>,
  environment: (folder: string) => Record<string, string> = () => ({}),
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const before = Deno.env.toObject();
  const changed = environment(folder);
  for (const [name, value] of Object.entries(changed)) {
    if (value === "") Deno.env.delete(name);
    else Deno.env.set(name, value);
  }
  try {
    await work(folder);
  } finally {
    for (const name of Object.keys(changed)) {
      if (name in before) Deno.env.set(name, before[name]);
      else Deno.env.delete(name);
    }
    await Deno.remove(folder, { recursive: true });
  }
}
