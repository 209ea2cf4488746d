/**
 * Choosing a plugin and some of its devices.
 *
 * @module
 */
import { join } from "node:path";
import { EngineError, UsageError } from "../../core/errors.ts";
import type { DeviceKind, DeviceName } from "../device_name.ts";
import { cacheFolder } from "../install/cache.ts";
import {
  namedPlugin,
  pluginInCache,
  type PluginLocation,
  pluginOfPython,
} from "../install/locate_plugin.ts";
import type { PluginName } from "../install/plugins.ts";
import { Accelerator } from "./accelerator.ts";
import { Client } from "./client.ts";
import { loadLibraries } from "./load_libraries.ts";
import type { NamedValue } from "./named_values.ts";
import { programIdentity } from "./program_identity.ts";
import { ProgramCache } from "./program_cache.ts";

/** Plugins for each kind of device, by preference. */
const PLUGINS: Readonly<Record<Exclude<DeviceKind, "cpu">, readonly PluginName[]>> = {
  auto: ["cuda13", "cuda12", "rocm", "oneapi", "tpu"],
  gpu: ["cuda13", "cuda12", "rocm", "oneapi"],
  tpu: ["tpu"],
  "cpu-plugin": ["cpu-plugin"],
};

/** Options of GPU plugins: memory is taken as it is needed, so that several processes can share a GPU. */
const GPU_OPTIONS = { preallocate: false, memory_fraction: 0.95 } as const;

/**
 * Opens devices of the first plugin that works.
 *
 * @param device Kind and numbers of the devices, not `cpu`.
 * @param onNote Called with notes for the user.
 * @returns The devices; `undefined` if `auto` was asked for and no plugin is installed.
 * @throws {EngineError} If no plugin is installed, or none of them works; the message names each and why.
 * @throws {UsageError} If the plugin has no device of a number.
 */
export async function openAccelerator(
  { kind, indices }: DeviceName & { readonly kind: Exclude<DeviceKind, "cpu"> },
  onNote: (note: string) => void,
): Promise<Accelerator | undefined> {
  const failures: string[] = [];
  for await (const [name, location] of locations(kind)) {
    try {
      const opened = await openDevices(name, location, indices, onNote);
      for (const failure of failures) onNote(`Another plugin does not work: ${failure}`);
      return opened;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      failures.push(`${name}: ${error.message}`);
    }
  }
  if (failures.length > 0) {
    throw new EngineError(
      `Expected ${kind === "auto" ? "an accelerator" : `a ${kind}`} but found none (${
        failures.join("; ")
      })`,
    );
  }
  if (kind === "auto") return undefined;
  throw new EngineError(
    `Expected a plugin for ${kind} but found none: \`deno task setup --device ${
      PLUGINS[kind].join("|")
    }\` installs one, or NBN_PJRT_PLUGIN names its shared library`,
  );
}

/** Plugins on this machine, searched for as they are asked for. */
async function* locations(
  kind: Exclude<DeviceKind, "cpu">,
): AsyncGenerator<[name: string, location: PluginLocation]> {
  const named = await namedPlugin();
  if (named) return yield [named.library, named];
  const elsewhere: PluginName[] = [];
  for (const name of PLUGINS[kind]) {
    const location = await pluginInCache(name);
    if (location) yield [name, location];
    else elsewhere.push(name);
  }
  // Starting Python takes a moment, which `auto` must not cost on every start.
  if (kind === "auto") return;
  for (const name of elsewhere) {
    const location = await pluginOfPython(name);
    if (location) yield [name, location];
  }
}

async function openDevices(
  name: string,
  location: PluginLocation,
  indices: readonly number[],
  onNote: (note: string) => void,
): Promise<Accelerator> {
  const { library, cuda } = location;
  loadLibraries(location, name);
  const isGpu = /cuda|rocm|oneapi/.test(name) || /cuda|rocm|oneapi/.test(library);
  const options: Record<string, NamedValue> = isGpu ? GPU_OPTIONS : {};
  const client = withFlag(
    cuda && `--xla_gpu_cuda_data_dir=${cuda}`,
    () => Client.open(library, options),
  );
  const { length } = client.devices, beyond = indices.find((index) => index >= length);
  if (beyond !== undefined) {
    client.close();
    throw new UsageError(
      `Expected the number of a device of ${name} to be from 0 to ${
        length - 1
      } but found ${beyond}`,
    );
  }
  const devices = indices.map((index) => client.devices[index]);
  const programs = new ProgramCache(client, devices, {
    folder: join(cacheFolder(), "programs"),
    identity: await programIdentity(client, devices, library),
    onNote,
  });
  return new Accelerator(client, devices, programs, { tf32: Deno.env.get("NBN_TF32") !== "0" });
}

/**
 * Adds a flag of XLA, which every plugin reads once, unless its user has set it. If the plugin does not work, the next one
 * must not read it.
 */
function withFlag<T>(flag: string | undefined, open: () => T): T {
  const flags = Deno.env.get("XLA_FLAGS") ?? "";
  if (!flag || flags.includes(flag.split("=")[0])) return open();
  Deno.env.set("XLA_FLAGS", `${flags} ${flag}`.trim());
  try {
    return open();
  } catch (error) {
    Deno.env.set("XLA_FLAGS", flags);
    throw error;
  }
}
