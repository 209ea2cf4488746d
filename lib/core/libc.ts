/**
 * Functions of the C library.
 *
 * @module
 */

/** Name of the C library where the system searches for it. */
export const LIBC = Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6";

/**
 * Calls functions of the C library; it is opened only for that time.
 *
 * @param functions Parameters and results of the functions, as for `Deno.dlopen`.
 * @param use Calls them.
 * @returns The result of `use`.
 * @throws {Error} If the library or a function is not found, as on Windows and on Linux without glibc.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const functions = { getpid: { parameters: [], result: "i32" } } as const;
 * if (Deno.build.os === "linux") assertEquals(withLibc(functions, ({ getpid }) => getpid()), Deno.pid);
 * ```
 */
export function withLibc<const Functions extends Deno.ForeignLibraryInterface, Result>(
  functions: Functions,
  use: (libc: Deno.DynamicLibrary<Functions>["symbols"]) => Result,
): Result {
  const library = Deno.dlopen(LIBC, functions);
  try {
    return use(library.symbols);
  } finally {
    library.close();
  }
}
