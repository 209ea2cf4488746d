/**
 * Compiling for devices that are not there.
 *
 * @module
 */
import type { Api } from "./api.ts";
import { compileArguments } from "./compile_arguments.ts";
import { type NamedValue, writeNamedValues } from "./named_values.ts";
import { serialized } from "./program.ts";
import { Structure } from "./structure.ts";

/** A description of devices, from which a plugin compiles programs for them on any machine. */
export class Topology {
  readonly #api: Api;
  readonly #handle: Deno.PointerValue;

  /**
   * @param api Functions of the plugin.
   * @param name Name of the topology, for instance `v5e:1x1` for a TPU.
   * @param options What describes the devices, for instance `target_config` for a GPU.
   * @throws {PjrtError} If the plugin does not know such devices.
   */
  constructor(api: Api, name: string, options: Readonly<Record<string, NamedValue>>) {
    const text = new TextEncoder().encode(name), { list, count, kept } = writeNamedValues(options);
    const args = new Structure({ 16: text, 24: text.length, 32: list, 40: count });
    this.#api = api;
    this.#handle = api.call("TopologyDescription_Create", args).pointer(48);
    if (kept.length < count) throw new TypeError("Expected the options to stay the same");
  }

  /**
   * Compiles a program, without blocking the event loop.
   *
   * @param module A StableHLO module as text or bytecode.
   * @param count Number of devices that run it together, the first ones.
   * @returns The serialised program, for a client of the same plugin on such devices.
   * @throws {PjrtError} If the module is not valid or cannot be compiled.
   */
  async compile(module: Uint8Array<ArrayBuffer>, count = 1): Promise<Uint8Array<ArrayBuffer>> {
    const devices = Array.from({ length: count }, (_, i) => i);
    const args = new Structure({ 16: this.#handle, ...compileArguments(module, devices) });
    const executable = (await this.#api.callOffThread("Compile", args)).pointer(56);
    try {
      return serialized(this.#api, executable);
    } finally {
      this.#api.call("Executable_Destroy", new Structure({ 16: executable }));
    }
  }

  /** Frees the description. */
  close(): void {
    this.#api.call("TopologyDescription_Destroy", new Structure({ 16: this.#handle }));
  }
}
