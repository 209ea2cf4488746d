/**
 * Detection of bfloat16 instructions of the CPU.
 *
 * @module
 */
import { cpuInfo, instructionSets } from "../core/cpu_info.ts";

/** Linux CPU flags of bfloat16 multiplication: AMX and AVX-512 on x86, and the Arm extension. */
const BFLOAT16_FLAGS = ["amx_bf16", "avx512_bf16", "bf16"];

/** Values of `ONEDNN_MAX_CPU_ISA` that include bfloat16 instructions. */
const BFLOAT16_ISAS = /^(DEFAULT|ALL|AVX512_CORE_(BF16|FP16|AMX.*)|AVX10.*)$/i;

/** Values of it that disable oneDNN's bfloat16, which TensorFlow still expects because it checks only the CPU. */
const ISAS_WITHOUT = /^(SSE41|AVX|AVX2|AVX2_VNNI)$/i;

/** Environment variables that select TensorFlow's instruction sets. */
export interface InstructionSettings {
  /** Highest instruction set that oneDNN may use. */
  readonly ONEDNN_MAX_CPU_ISA?: string;
  /** `0` disables oneDNN in TensorFlow. */
  readonly TF_ENABLE_ONEDNN_OPTS?: string;
}

/**
 * Whether a CPU has usable bfloat16 instructions. Without them TensorFlow converts to float32 first, and
 * `precision: "bf16"` is slower than float32.
 *
 * @param description Contents of `/proc/cpuinfo`; empty if there is none.
 * @param settings Environment variables that may disable the instructions.
 * @returns Whether the description lists them and the settings allow them.
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
  const flags = instructionSets(description);
  return BFLOAT16_FLAGS.some((flag) => flags.includes(flag));
}

/** Whether this machine's CPU has bfloat16 instructions that TensorFlow may use. */
export async function processorHasBfloat16(): Promise<boolean> {
  return hasBfloat16(await cpuInfo(), {
    ONEDNN_MAX_CPU_ISA: Deno.env.get("ONEDNN_MAX_CPU_ISA"),
    TF_ENABLE_ONEDNN_OPTS: Deno.env.get("TF_ENABLE_ONEDNN_OPTS"),
  });
}

/**
 * Whether bfloat16 may be enabled in TensorFlow. If the environment disables instructions of oneDNN that the CPU has,
 * the first matrix product in bfloat16 aborts the process.
 */
export function mayUseBfloat16(): boolean {
  return !ISAS_WITHOUT.test(Deno.env.get("ONEDNN_MAX_CPU_ISA") ?? "");
}
