/**
 * What a compiled program depends on besides its module.
 *
 * @module
 */
import { cpuInfo, instructionSets } from "../../core/cpu_info.ts";
import type { Client, Device } from "./client.ts";

/**
 * Describes a plugin and devices, so that a program is loaded only where it was compiled.
 *
 * @param client The plugin's client.
 * @param devices The devices that run a program together.
 * @param library The plugin's shared library.
 * @returns A text that changes with the plugin's file and version, the devices and XLA's settings.
 */
export async function programIdentity(
  client: Client,
  devices: readonly Device[],
  library: string,
): Promise<string> {
  const { size, mtime } = await Deno.stat(library);
  return JSON.stringify({
    api: client.api.version,
    attributes: client.api.attributes,
    platform: [client.platform, client.platformVersion],
    devices: devices.map(({ id, kind }) => [id, kind]),
    library: [size, mtime?.getTime()],
    flags: Deno.env.get("XLA_FLAGS") ?? "",
    // XLA's CPU plugin compiles for the instruction sets of the processor.
    processor: client.platform === "cpu" ? instructionSets(await cpuInfo()) : [],
  });
}
