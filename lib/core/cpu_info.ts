/**
 * The kernel's description of the processor.
 *
 * @module
 */
import { withLibc } from "./libc.ts";

/** Bytes read: the description of the first core, at most about 4 KiB, is among them. */
const LENGTH = 1 << 14;

/**
 * Returns the beginning of `/proc/cpuinfo`, with the first core's description.
 *
 * Deno reads files below `/proc` only with all rights, which no task has. With the right to call native libraries, the
 * C library reads it.
 *
 * @returns The description; empty if there is none, as outside Linux, or if it may not be read.
 *
 * @example
 * ```ts
 * import { assertMatch } from "@std/assert";
 *
 * if (Deno.build.os === "linux") assertMatch(await cpuInfo(), /^(flags|Features)\s*:/m);
 * ```
 */
export async function cpuInfo(): Promise<string> {
  const path = "/proc/cpuinfo";
  if (Deno.build.os !== "linux") return "";
  try {
    return (await Deno.readTextFile(path)).slice(0, LENGTH);
  } catch {
    return await readByLibc(path);
  }
}

/**
 * Lists the instruction sets of a processor, as the kernel names them.
 *
 * @param description What {@linkcode cpuInfo} returned.
 * @returns For instance `["fpu", "avx2", "avx512f"]`; empty without a description.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(instructionSets("model\t: 1\nflags\t\t: fpu avx2\nbogomips\t: 1"), ["fpu", "avx2"]);
 * assertEquals(instructionSets("Features\t: fp bf16"), ["fp", "bf16"]);
 * ```
 */
export function instructionSets(description: string): string[] {
  return /^(?:flags|Features)\s*:(.*)$/m.exec(description)?.[1].trim().split(/\s+/) ?? [];
}

/** Reads the beginning of a file by the C library; empty if that is not possible. */
async function readByLibc(path: string): Promise<string> {
  const { state } = await Deno.permissions.query({ name: "ffi" });
  if (state !== "granted") return ""; // where Deno would ask its user
  try {
    return withLibc(
      {
        open: { parameters: ["buffer", "i32"], result: "i32" },
        read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
        close: { parameters: ["i32"], result: "i32" },
      },
      (libc) => readAll(libc, path),
    );
  } catch {
    return ""; // without glibc
  }
}

/** The functions of the C library that read a file. */
interface Libc {
  open(path: BufferSource, flags: number): number;
  read(file: number, bytes: BufferSource, length: bigint): number | bigint;
  close(file: number): number;
}

/** Reads up to `LENGTH` bytes, a page at a time as the kernel returns them. */
function readAll({ open, read, close }: Libc, path: string): string {
  const file = open(new TextEncoder().encode(`${path}\0`), 0);
  if (file < 0) return "";
  const bytes = new Uint8Array(LENGTH);
  let length = 0;
  while (length < LENGTH) {
    const count = Number(read(file, bytes.subarray(length), BigInt(LENGTH - length)));
    if (count <= 0) break;
    length += count;
  }
  close(file);
  return new TextDecoder().decode(bytes.subarray(0, length));
}
