/**
 * Keeping native libraries loaded.
 *
 * @module
 */

/**
 * Keeps a library loaded permanently: unloading TensorFlow or a PJRT plugin at the end of the process would crash.
 *
 * @param path The shared library; an error in loading it is left to `Deno.dlopen` to report.
 */
export function pin(path: string): void {
  if (Deno.build.os === "windows") return;
  const mac = Deno.build.os === "darwin";
  const now = 2, noDelete = mac ? 0x80 : 0x1000;
  const libc = Deno.dlopen(mac ? "libSystem.dylib" : "libc.so.6", {
    dlopen: { parameters: ["buffer", "i32"], result: "pointer" },
  });
  libc.symbols.dlopen(new TextEncoder().encode(path + "\0"), now | noDelete);
  libc.close();
}
