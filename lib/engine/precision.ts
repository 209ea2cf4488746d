/**
 * Resolving the precision of a training.
 *
 * @module
 */
import type { Engine } from "./engine.ts";

/** Floating-point precision of a step's computation. */
export type Precision = "float32" | "bf16";

/** All precisions. */
export const PRECISIONS: readonly Precision[] = ["float32", "bf16"];

/**
 * Resolves the requested precision: `bf16` only if the engine supports it and is faster with it.
 *
 * @param requested The requested precision.
 * @param engine The engine.
 * @param force Whether to use `bf16` even if it is slower.
 * @returns The precision, and the reason if it differs from the requested one.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const old = { backend: "tensorflow", bfloat16: false } as const;
 * assertEquals(resolvePrecision("bf16", old).precision, "float32");
 * assertEquals(resolvePrecision("bf16", old, true).precision, "bf16");
 * ```
 */
export function resolvePrecision(
  requested: Precision,
  { backend, bfloat16 }: Pick<Engine, "backend" | "bfloat16">,
  force = false,
): { precision: Precision; precisionReason?: string } {
  if (requested === "float32") return { precision: requested };
  if (backend !== "tensorflow") {
    return { precision: "float32", precisionReason: `the ${backend} backend has no bfloat16` };
  }
  if (bfloat16 || force) return { precision: requested };
  return {
    precision: "float32",
    precisionReason:
      "this processor is slower with bfloat16, which forcing the precision would take",
  };
}
