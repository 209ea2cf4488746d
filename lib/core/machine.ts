/**
 * Description of the machine.
 *
 * @module
 */
import { counted } from "./counted.ts";
import { cpuInfo } from "./cpu_info.ts";

/** CPU features that determine the speed of convolutions and of bfloat16. */
const TELLING = /^(avx2|avx512f|avx512_bf16|avx512_vnni|amx_bf16|amx_tile|asimd|bf16|sve)$/;

/**
 * Describes the processor, memory and platform of the machine.
 *
 * @returns For instance `Intel(R) Xeon(R) Processor, 2 cores (avx2 avx512f amx_bf16), 25 GB, linux x86_64`.
 */
export async function machine(): Promise<string> {
  const cpuinfo = await cpuInfo();
  const model = /^model name\s*:\s*(.*)$/m.exec(cpuinfo)?.[1].trim() ?? await macModel() ??
    "unknown processor";
  const flags = (/^(?:flags|Features)\s*:\s*(.*)$/m.exec(cpuinfo)?.[1] ?? "")
    .split(" ").filter((flag) => TELLING.test(flag));
  const cores = counted(navigator.hardwareConcurrency, "core");
  const memory = `${(Deno.systemMemoryInfo().total / 1e9).toFixed(0)} GB`;
  const { os, arch } = Deno.build;
  return `${model}, ${cores}${
    flags.length ? ` (${flags.join(" ")})` : ""
  }, ${memory}, ${os} ${arch}`;
}

/** Returns the name of the processor on macOS, if programs may be run. */
async function macModel(): Promise<string | undefined> {
  if (Deno.build.os !== "darwin") return undefined;
  try {
    const args = ["-n", "machdep.cpu.brand_string"];
    const { stdout } = await new Deno.Command("sysctl", { args }).output();
    return new TextDecoder().decode(stdout).trim();
  } catch {
    return undefined;
  }
}
