/**
 * Suppressing standard error while a native library is loaded.
 *
 * @module
 */
import { withLibc } from "../core/libc.ts";

const FUNCTIONS = {
  dup: { parameters: ["i32"], result: "i32" },
  dup2: { parameters: ["i32", "i32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  open: { parameters: ["buffer", "i32"], result: "i32" },
} as const;

/**
 * Runs a function with standard error redirected to the null device: TensorFlow prints lines while loading that no
 * setting disables.
 *
 * @param run Synchronous function to run.
 * @returns The result of `run`.
 */
export function quietly<T>(run: () => T): T {
  if (Deno.build.os === "windows") return run();
  const writeOnly = 1;
  return withLibc(FUNCTIONS, ({ dup, dup2, close, open }) => {
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
    }
  });
}
