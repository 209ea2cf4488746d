/**
 * What the processor is good at.
 *
 * @module
 */

/** Linux's names for instructions that multiply bfloat16 numbers: AMX and AVX-512 on x86, and those of Arm. */
const BFLOAT16_FLAGS = ["amx_bf16", "avx512_bf16", "bf16"];

/**
 * Whether a processor multiplies bfloat16 numbers itself. Where it does not, TensorFlow widens them first, and
 * `precision: "bf16"` is slower than float32.
 *
 * @param description Contents of `/proc/cpuinfo`; empty where there is none.
 * @returns Whether it does, as far as the description tells.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * assert(hasBfloat16("flags\t\t: fpu avx512_bf16 amx_bf16"));
 * assert(!hasBfloat16("flags\t\t: fpu avx2"));
 * ```
 */
export function hasBfloat16(description: string): boolean {
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(description)?.[1].trim().split(/\s+/) ?? [];
  return BFLOAT16_FLAGS.some((flag) => flags.includes(flag));
}

/** Contents of `/proc/cpuinfo`, or nothing on systems without it. */
export async function processorDescription(): Promise<string> {
  return await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
}
