/**
 * A connection to the devices of a PJRT plugin.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { quietly } from "../quiet.ts";
import { Api } from "./api.ts";
import { DeviceBuffer, type TensorType } from "./buffer.ts";
import { compileArguments } from "./compile_arguments.ts";
import { codeOf, type HostValues } from "./element_types.ts";
import { type NamedValue, writeNamedValues } from "./named_values.ts";
import { type DeviceMemory, PjrtError } from "./pjrt_error.ts";
import { DeviceProgram } from "./program.ts";
import { Structure } from "./structure.ts";

/** A device of a plugin. */
export interface Device {
  /** Number by which it is chosen, from 0. */
  readonly index: number;
  /** The plugin's number of it, unique over all processes. */
  readonly id: number;
  /** Name of its model, for instance `NVIDIA H100 80GB HBM3`. */
  readonly kind: string;
  /** The plugin's device. */
  readonly handle: Deno.PointerObject;
}

/** `kImmutableOnlyDuringCall`: the plugin copies the values before it returns. */
const COPIED = 0;

/**
 * A client of a plugin.
 *
 * @example
 * ```ts no-eval
 * const client = Client.open("/path/of/pjrt_plugin.so");
 * const buffer = client.upload(Float32Array.of(1, 2), { shape: [2], dtype: "float32" });
 * console.log(client.platform, await buffer.read());
 * buffer.free();
 * client.close();
 * ```
 */
export class Client {
  /** Functions of the plugin. */
  readonly api: Api;
  /** Devices of this process. */
  readonly devices: readonly Device[];
  /** Name of the platform, for instance `cuda`. */
  readonly platform: string;
  /** Version of the platform, for instance `PJRT C API cuda 13000`. */
  readonly platformVersion: string;
  readonly #handle: Deno.PointerObject;
  #buffers = 0;

  private constructor(api: Api, handle: Deno.PointerObject) {
    this.api = api;
    this.#handle = handle;
    const client = () => new Structure({ 16: handle });
    this.platform = api.call("Client_PlatformName", client()).text(24);
    this.platformVersion = api.call("Client_PlatformVersion", client()).text(24);
    this.devices = api.call("Client_AddressableDevices", client()).pointers(24)
      .map((handle, index) => ({ index, handle, ...described(api, handle) }));
    api.memory = () => this.#fullest();
  }

  /**
   * Loads a plugin and opens its devices.
   *
   * @param path The plugin's shared library.
   * @param options Options of the plugin, for instance `{ preallocate: false }` on GPUs.
   * @returns The client.
   * @throws {EngineError} If the plugin cannot be loaded, or finds no device.
   */
  static open(path: string, options: Readonly<Record<string, NamedValue>> = {}): Client {
    return Client.of(quietly(() => Api.load(path)), options);
  }

  /**
   * Opens the devices of a plugin.
   *
   * @param api Functions of the plugin.
   * @param options Options of the plugin.
   * @returns The client.
   * @throws {EngineError} If the plugin finds no device.
   */
  static of(api: Api, options: Readonly<Record<string, NamedValue>> = {}): Client {
    const { list, count, kept } = writeNamedValues(options);
    const args = new Structure({ 16: list, 24: count });
    // Plugins print lines of their own where they find no device, besides the error that they return.
    quietly(() => api.call("Client_Create", args));
    if (kept.length < count) throw new TypeError("Expected the options to stay the same");
    const client = new Client(api, args.pointer(64)!);
    if (client.devices.length === 0) {
      client.close();
      throw new EngineError(`Expected the plugin ${api.path} to find a device but it found none`);
    }
    return client;
  }

  /** Number of buffers that have not been freed. */
  get buffers(): number {
    return this.#buffers;
  }

  /** Memory of a device, or `undefined` if the plugin does not tell. */
  memory({ handle }: Device): DeviceMemory | undefined {
    try {
      const found = this.api.call("Device_MemoryStats", new Structure({ 16: handle }));
      return {
        inUse: found.number(24),
        peak: found.flag(40) ? found.number(32) : undefined,
        limit: found.flag(88) ? found.number(80) : undefined,
      };
    } catch (error) {
      if (error instanceof PjrtError && error.code === "UNIMPLEMENTED") return undefined;
      throw error;
    }
  }

  /**
   * Copies values to a device. Does not wait for the transfer, but the values may be changed afterwards.
   *
   * @param values Values in row-major order.
   * @param type Their shape and type.
   * @param device The device.
   * @returns The buffer, to be freed by the caller.
   * @throws {RangeError} If there are not as many values as the shape says.
   * @throws {PjrtError} If the device has too little memory.
   */
  upload(values: HostValues, type: TensorType, device: Device = this.devices[0]): DeviceBuffer {
    const { shape, dtype } = type, dims = BigInt64Array.from(shape, BigInt);
    const size = shape.reduce((product, length) => product * length, 1);
    if (values.length !== size) {
      throw new RangeError(
        `Expected ${size} values for the shape [${shape}] but found ${values.length}`,
      );
    }
    const args = this.api.call(
      "Client_BufferFromHostBuffer",
      new Structure({
        16: this.#handle,
        24: values.length > 0 ? values : NOTHING,
        32: codeOf(dtype),
        40: dims,
        48: dims.length,
        72: COPIED,
        80: device.handle,
      }),
    );
    const done = args.pointer(104);
    if (done) this.api.call("Event_Destroy", new Structure({ 16: done }));
    return this.#own(args.pointer(112)!, type);
  }

  /**
   * Compiles a program for devices that run it together, without blocking the event loop.
   *
   * @param module A StableHLO module as text or bytecode.
   * @param devices The devices.
   * @returns The program.
   * @throws {PjrtError} If the module is not valid or cannot be compiled.
   */
  async compile(
    module: Uint8Array<ArrayBuffer>,
    devices: readonly Device[] = this.devices.slice(0, 1),
  ): Promise<DeviceProgram> {
    const ids = devices.map(({ id }) => id);
    const args = new Structure({ 16: this.#handle, ...compileArguments(module, ids) });
    await this.api.callOffThread("Client_Compile", args);
    return this.#program(args.pointer(48)!, devices.length);
  }

  /**
   * Loads a program that {@linkcode DeviceProgram.serialize} wrote.
   *
   * @param bytes The serialised program.
   * @param count Number of devices that it was compiled for.
   * @returns The program.
   * @throws {PjrtError} If it was written by another version of the plugin, or is damaged.
   */
  async load(bytes: Uint8Array<ArrayBuffer>, count = 1): Promise<DeviceProgram> {
    const args = new Structure({ 16: this.#handle, 24: bytes, 32: bytes.length });
    await this.api.callOffThread("Executable_DeserializeAndLoad", args);
    return this.#program(args.pointer(40)!, count);
  }

  /** Closes the client; free its buffers and programs before. */
  close(): void {
    this.api.call("Client_Destroy", new Structure({ 16: this.#handle }));
  }

  /** Memory of the device that has the least left. */
  #fullest(): DeviceMemory | undefined {
    const left = ({ limit = Infinity, inUse }: DeviceMemory) => limit - inUse;
    return this.devices.map((device) => this.memory(device))
      .filter((memory) => memory !== undefined)
      .sort((a, b) => left(a) - left(b))[0];
  }

  #program(handle: Deno.PointerObject, devices: number): DeviceProgram {
    return new DeviceProgram(this.api, handle, devices, (buffer, type) => this.#own(buffer, type));
  }

  #own(handle: Deno.PointerObject, type: TensorType): DeviceBuffer {
    this.#buffers++;
    return new DeviceBuffer(this.api, handle, type, () => this.#buffers--);
  }
}

/** An address for empty values, for which some plugins refuse none. */
const NOTHING = new Uint8Array(8);

function described(api: Api, device: Deno.PointerObject): Pick<Device, "id" | "kind"> {
  const about = api.call("Device_GetDescription", new Structure({ 16: device })).pointer(24);
  return {
    id: api.call("DeviceDescription_Id", new Structure({ 16: about })).int(24),
    kind: api.call("DeviceDescription_Kind", new Structure({ 16: about })).text(24),
  };
}
