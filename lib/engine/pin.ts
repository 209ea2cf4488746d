/**
 * Keeping native libraries loaded.
 *
 * @module
 */
import { withLibc } from "../core/libc.ts";

/**
 * Keeps a library loaded permanently: unloading TensorFlow or a PJRT plugin at the end of the process would crash.
 *
 * @param path The shared library, or its name where the system searches for it.
 * @returns Whether it is loaded; the reason is left to `Deno.dlopen` to report. `true` on Windows, where it is not tried.
 */
export function pin(path: string): boolean {
  if (Deno.build.os === "windows") return true;
  const now = 2, noDelete = Deno.build.os === "darwin" ? 0x80 : 0x1000;
  return withLibc(
    { dlopen: { parameters: ["buffer", "i32"], result: "pointer" } },
    ({ dlopen }) => dlopen(new TextEncoder().encode(path + "\0"), now | noDelete) !== null,
  );
}
