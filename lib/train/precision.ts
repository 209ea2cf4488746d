/**
 * Which precision a training really has.
 *
 * @module
 */
import type { Engine } from "../engine/engine.ts";
import type { Precision } from "./result.ts";

/**
 * Precision that is used where one is wished for: `bf16` only where the engine can, and is faster with it.
 *
 * @param wished What the user wants.
 * @param engine What computes.
 * @param force Takes `bf16` also where it is slower.
 * @returns The precision, and why it is another one where it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const old = { backend: "tensorflow", bfloat16: false } as const;
 * assertEquals(usedPrecision("bf16", old).precision, "float32");
 * assertEquals(usedPrecision("bf16", old, true).precision, "bf16");
 * ```
 */
export function usedPrecision(
  wished: Precision,
  { backend, bfloat16 }: Pick<Engine, "backend" | "bfloat16">,
  force = false,
): { precision: Precision; precisionReason?: string } {
  if (wished === "float32") return { precision: wished };
  if (backend !== "tensorflow") {
    return { precision: "float32", precisionReason: `the ${backend} backend has no bfloat16` };
  }
  if (bfloat16 || force) return { precision: wished };
  return {
    precision: "float32",
    precisionReason:
      "this processor is slower with bfloat16, which forcing the precision would take",
  };
}
