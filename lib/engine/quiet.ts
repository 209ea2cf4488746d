/**
 * Suppressing standard error while a native library is loaded.
 *
 * @module
 */

/**
 * Runs a function with standard error redirected to the null device: TensorFlow prints lines while loading that no
 * setting disables.
 *
 * @param run Synchronous function to run.
 * @returns The result of `run`.
 */
export function quietly<T>(run: () => T): T {
  if (Deno.build.os === "windows") return run();
  const libc = Deno.dlopen(Deno.build.os === "darwin" ? "libSystem.dylib" : "libc.so.6", {
    dup: { parameters: ["i32"], result: "i32" },
    dup2: { parameters: ["i32", "i32"], result: "i32" },
    close: { parameters: ["i32"], result: "i32" },
    open: { parameters: ["buffer", "i32"], result: "i32" },
  });
  const { dup, dup2, close, open } = libc.symbols;
  const writeOnly = 1;
  const kept = dup(2);
  const nowhere = open(new TextEncoder().encode("/dev/null\0"), writeOnly);
  try {
    if (kept >= 0 && nowhere >= 0) dup2(nowhere, 2);
    return run();
  } finally {
    if (kept >= 0) {
      dup2(kept, 2);
      close(kept);
    }
    if (nowhere >= 0) close(nowhere);
    libc.close();
  }
}
