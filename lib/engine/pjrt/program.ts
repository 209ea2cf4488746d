/**
 * Programs compiled for a device.
 *
 * @module
 */
import type { Api } from "./api.ts";
import type { DeviceBuffer, TensorType } from "./buffer.ts";
import { typeOf } from "./element_types.ts";
import { addressOf, copyOf, Structure } from "./structure.ts";

/** A compiled program, which one or several devices run; free it with {@linkcode DeviceProgram.free}. */
export class DeviceProgram {
  /** Number of devices that run it together. */
  readonly devices: number;
  /** Shapes and types of the outputs on each device. */
  readonly outputs: readonly TensorType[];
  readonly #api: Api;
  readonly #handle: Deno.PointerObject;
  readonly #newBuffer: (handle: Deno.PointerObject, type: TensorType) => DeviceBuffer;
  #freed = false;

  /**
   * @param api Functions of the plugin.
   * @param handle The plugin's loaded executable, freed with this program.
   * @param devices Number of devices that it was compiled for.
   * @param newBuffer Takes ownership of an output.
   */
  constructor(
    api: Api,
    handle: Deno.PointerObject,
    devices: number,
    newBuffer: (handle: Deno.PointerObject, type: TensorType) => DeviceBuffer,
  ) {
    this.#api = api;
    this.#handle = handle;
    this.devices = devices;
    this.#newBuffer = newBuffer;
    this.outputs = this.#within((executable) => outputsOf(api, executable));
  }

  /**
   * Runs the program, without blocking the event loop; the outputs may still be computed when this returns.
   *
   * @param inputs The inputs on each device. Those that the program was compiled to use up are freed: only `free` may be
   * called on them afterwards.
   * @param kept Indices of inputs that are not used up all the same.
   * @returns The outputs on each device, to be freed by the caller.
   * @throws {PjrtError} If the program cannot run, for instance because the device has too little memory.
   */
  async run(
    inputs: readonly (readonly DeviceBuffer[])[],
    kept: readonly number[] = [],
  ): Promise<DeviceBuffer[][]> {
    const [{ length }] = inputs;
    if (inputs.length !== this.devices || inputs.some((own) => own.length !== length)) {
      throw new TypeError(`Expected the same inputs on ${this.devices} devices but found others`);
    }
    const given = inputs.map((own) => BigUint64Array.from(own, ({ handle }) => addressOf(handle)));
    const results = inputs.map(() => new BigUint64Array(this.outputs.length));
    const lists = BigUint64Array.from(given, addressOf);
    const places = BigUint64Array.from(results, addressOf);
    const notUsedUp = BigInt64Array.from(kept, BigInt);
    const options = new Structure({ 56: notUsedUp, 64: kept.length });
    const args = new Structure({
      16: this.#handle,
      24: options,
      32: lists,
      40: this.devices,
      48: length,
      56: places,
    });
    await this.#api.callOffThread("LoadedExecutable_Execute", args);
    // Read only now, which also keeps the lists of inputs alive until the call has ended.
    if (given.some((list) => list.length !== length)) {
      throw new TypeError("Expected the inputs to stay the same");
    }
    return results.map((own) =>
      this.outputs.map((type, i) => this.#newBuffer(Deno.UnsafePointer.create(own[i])!, type))
    );
  }

  /**
   * Serialises the program, so that a later process need not compile it.
   *
   * @returns Bytes that only the same version of the plugin on the same kind of device can load.
   * @throws {PjrtError} If the plugin cannot serialise programs.
   */
  serialize(): Uint8Array<ArrayBuffer> {
    return this.#within((executable) => serialized(this.#api, executable));
  }

  /** Frees the program, once its runs have ended. */
  free(): void {
    if (this.#freed) return;
    this.#freed = true;
    this.#api.call("LoadedExecutable_Destroy", new Structure({ 16: this.#handle }));
  }

  /** Passes the executable without its place on a device to a function. */
  #within<T>(run: (executable: Deno.PointerValue) => T): T {
    const executable = this.#api
      .call("LoadedExecutable_GetExecutable", new Structure({ 16: this.#handle }))
      .pointer(24);
    try {
      return run(executable);
    } finally {
      this.#api.call("Executable_Destroy", new Structure({ 16: executable }));
    }
  }
}

const DELETER = { parameters: ["pointer"], result: "void" } as const;

/**
 * Serialises an executable.
 *
 * @param api Functions of the plugin.
 * @param executable The plugin's executable.
 * @returns Bytes that the same version of the plugin loads.
 * @throws {PjrtError} If the plugin cannot serialise programs.
 */
export function serialized(api: Api, executable: Deno.PointerValue): Uint8Array<ArrayBuffer> {
  const args = api.call("Executable_Serialize", new Structure({ 16: executable }));
  const bytes = args.bytesAt(24);
  const free = args.pointer(48) as Deno.PointerObject<typeof DELETER>;
  new Deno.UnsafeFnPointer(free, DELETER).call(args.pointer(40));
  return bytes;
}

function outputsOf(api: Api, executable: Deno.PointerValue): TensorType[] {
  const types = api.call("Executable_OutputElementTypes", new Structure({ 16: executable }));
  const dims = api.call("Executable_OutputDimensions", new Structure({ 16: executable }));
  const count = types.number(32);
  const codes = new Int32Array(copyOf(types.pointer(24), 4 * count).buffer);
  const ranks = new BigUint64Array(copyOf(dims.pointer(40), 8 * count).buffer);
  const total = ranks.reduce((sum, rank) => sum + Number(rank), 0);
  const sizes = Array.from(
    new BigInt64Array(copyOf(dims.pointer(32), 8 * total).buffer),
    Number,
  );
  return Array.from(codes, (code, i) => ({
    dtype: typeOf(code),
    shape: sizes.splice(0, Number(ranks[i])),
  }));
}
