/**
 * What the processor is good at.
 *
 * @module
 */

/** Linux's names for instructions that multiply bfloat16 numbers: AMX and AVX-512 on x86, and those of Arm. */
const BFLOAT16_FLAGS = ["amx_bf16", "avx512_bf16", "bf16"];

/** Values of `ONEDNN_MAX_CPU_ISA` that leave oneDNN such instructions. */
const BFLOAT16_ISAS = /^(DEFAULT|ALL|AVX512_CORE_(BF16|FP16|AMX.*)|AVX10.*)$/i;

/** Values with which oneDNN has no bfloat16 at all, while TensorFlow goes by the processor and expects it. */
const ISAS_WITHOUT = /^(SSE41|AVX|AVX2|AVX2_VNNI)$/i;

/** Variables of the environment that say which instructions TensorFlow uses. */
export interface InstructionSettings {
  /** The most that oneDNN may use. */
  readonly ONEDNN_MAX_CPU_ISA?: string;
  /** Whether TensorFlow uses oneDNN at all: `0` is no. */
  readonly TF_ENABLE_ONEDNN_OPTS?: string;
}

/**
 * Whether a processor multiplies bfloat16 numbers itself. Where it does not, TensorFlow widens them first, and
 * `precision: "bf16"` is slower than float32.
 *
 * @param description Contents of `/proc/cpuinfo`; empty where there is none.
 * @param settings Variables of the environment that keep TensorFlow from doing so.
 * @returns Whether it does, as far as the description tells.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 *
 * assert(hasBfloat16("flags\t\t: fpu avx512_bf16 amx_bf16"));
 * assert(!hasBfloat16("flags\t\t: fpu avx2"));
 * assert(!hasBfloat16("flags\t\t: fpu avx512_bf16", { ONEDNN_MAX_CPU_ISA: "AVX2" }));
 * ```
 */
export function hasBfloat16(description: string, settings: InstructionSettings = {}): boolean {
  const { ONEDNN_MAX_CPU_ISA: most, TF_ENABLE_ONEDNN_OPTS: used } = settings;
  if (used === "0" || (most && !BFLOAT16_ISAS.test(most))) return false;
  const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(description)?.[1].trim().split(/\s+/) ?? [];
  return BFLOAT16_FLAGS.some((flag) => flags.includes(flag));
}

/** Whether this machine's processor multiplies bfloat16 numbers, and TensorFlow lets it. */
export async function processorHasBfloat16(): Promise<boolean> {
  // Systems other than Linux have no such file.
  const description = await Deno.readTextFile("/proc/cpuinfo").catch(() => "");
  return hasBfloat16(description, {
    ONEDNN_MAX_CPU_ISA: Deno.env.get("ONEDNN_MAX_CPU_ISA"),
    TF_ENABLE_ONEDNN_OPTS: Deno.env.get("TF_ENABLE_ONEDNN_OPTS"),
  });
}

/**
 * Whether TensorFlow may be told to use bfloat16. Where the environment keeps oneDNN from instructions that the
 * processor has, its first product in bfloat16 would end the process.
 */
export function mayUseBfloat16(): boolean {
  return !ISAS_WITHOUT.test(Deno.env.get("ONEDNN_MAX_CPU_ISA") ?? "");
}
