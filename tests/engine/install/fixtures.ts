/**
 * Real archives and surroundings for the tests of the installation.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { join } from "node:path";
import { crc32, deflateRawSync } from "node:zlib";
import { libraryFiles } from "../../../lib/engine/install/library_files.ts";
import type { Build } from "../../../lib/engine/install/platform.ts";
import { runProgram } from "../../../lib/engine/install/python.ts";

/** Whether `python3 -m pip` is on this machine. */
export const PIP_PRESENT = (await runProgram("python3", ["-m", "pip", "--version"]))?.success ??
  false;

/** Makes a zip archive of deflated files. */
export function zip(files: Record<string, Uint8Array | string>): Uint8Array {
  const parts: Uint8Array[] = [], directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = new TextEncoder().encode(path);
    const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const packed = deflateRawSync(data);
    // version, flags, method 8, time, date, checksum, sizes, name length, extra length
    const common = fields(
      [20, 2],
      [0, 2],
      [8, 2],
      [0, 2],
      [0x21, 2],
      [crc32(data), 4],
      [
        packed.length,
        4,
      ],
      [data.length, 4],
      [name.length, 2],
      [0, 2],
    );
    parts.push(fields([0x04034b50, 4]), common, name, packed);
    directory.push(
      fields([0x02014b50, 4], [0x0314, 2]),
      common,
      fields([0, 2], [0, 2], [0, 2], [0o100644 << 16 >>> 0, 4], [offset, 4]),
      name,
    );
    offset += 4 + common.length + name.length + packed.length;
  }
  const count = Object.keys(files).length;
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = fields([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [
    offset,
    4,
  ], [0, 2]);
  return joined([...parts, ...directory, end]);
}

/** Little-endian numbers of given widths. */
function fields(...values: [value: number, bytes: 2 | 4][]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

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
