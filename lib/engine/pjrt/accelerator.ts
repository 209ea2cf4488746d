/**
 * The devices that traced functions run on, and the tensors in their memory.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { DTYPE, dtypeName } from "../tensorflow/dtypes.ts";
import type { Remote } from "../tensorflow/remote.ts";
import type { Metadata } from "../tensorflow/executor.ts";
import type { Values } from "../tensorflow/tensors.ts";
import type { DeviceBuffer, TensorType } from "./buffer.ts";
import type { Client, Device } from "./client.ts";
import type { ElementType, HostValues } from "./element_types.ts";
import type { ProgramCache } from "./program_cache.ts";

/** Values that moved between the memory of the processor and that of the devices. */
export interface Traffic {
  /** Bytes copied to the devices. */
  toDevice: number;
  /** Bytes copied from a device. */
  toHost: number;
  /** Number of times that the event loop was blocked until values were computed. */
  stalls: number;
}

/** Where the programs of modules come from. */
export type Programs = Pick<ProgramCache, "program">;

/** TensorFlow's codes of the types that are moved. */
const TYPES = new Map<number, ElementType>([
  [DTYPE.float32, "float32"],
  [DTYPE.int32, "int32"],
  [DTYPE.bool, "bool"],
]);

/** Values of a tensor in the memory of every device. */
export class DeviceTensor implements Remote {
  readonly shape: number[];
  readonly dtype: number;
  /** The values on each device. */
  readonly buffers: readonly DeviceBuffer[];
  readonly #traffic: Traffic;

  /**
   * @param buffers The values on each device, freed with the tensor.
   * @param traffic Counts copies.
   */
  constructor(buffers: readonly DeviceBuffer[], traffic: Traffic) {
    const [{ shape, dtype }] = buffers;
    this.buffers = buffers;
    this.shape = [...shape];
    this.dtype = DTYPE[dtype];
    this.#traffic = traffic;
  }

  readNow(): HostValues {
    const values = this.buffers[0].readNow();
    this.#traffic.toHost += values.byteLength;
    this.#traffic.stalls++;
    return values;
  }

  async read(): Promise<HostValues> {
    const values = await this.buffers[0].read();
    this.#traffic.toHost += values.byteLength;
    return values;
  }

  free(): void {
    for (const buffer of this.buffers) buffer.free();
  }
}

/** The devices that traced functions run on: one, or several that run each function together. */
export class Accelerator {
  /** The plugin's client. */
  readonly client: Client;
  /** The devices. */
  readonly devices: readonly Device[];
  /** Compiled programs. */
  readonly programs: Programs;
  /** Whether a device may round the float32 operands of products and convolutions to TF32. */
  readonly tf32: boolean;
  /** Values moved so far. */
  readonly traffic: Traffic = { toDevice: 0, toHost: 0, stalls: 0 };

  /**
   * @param client The plugin's client.
   * @param devices Some of its devices, at least one.
   * @param programs Compiled programs.
   * @param options `tf32`: whether products and convolutions may be rounded to TF32.
   */
  constructor(
    client: Client,
    devices: readonly Device[],
    programs: Programs,
    options: { tf32: boolean },
  ) {
    this.client = client;
    this.devices = devices;
    this.programs = programs;
    this.tf32 = options.tf32;
  }

  /**
   * Copies values to every device.
   *
   * @param values Values in row-major order.
   * @param type Shape, and TensorFlow's code of the data type.
   * @returns The values on the devices.
   * @throws {EngineError} If values of the type are not moved.
   */
  upload(values: Values, { shape, dtype }: Omit<Metadata, "id">): DeviceTensor {
    const { type, host } = this.#movable(values, dtype);
    return this.adopt(
      this.devices.map((device) => this.#send(host, { shape, dtype: type }, device)),
    );
  }

  /**
   * Copies an equal part of the rows to each device.
   *
   * @param values Values in row-major order.
   * @param type Shape, whose first axis the number of devices divides, and TensorFlow's code of the data type.
   * @returns A buffer on each device, to be freed by the caller.
   * @throws {EngineError} If values of the type are not moved.
   */
  shard(values: Values, { shape, dtype }: Omit<Metadata, "id">): DeviceBuffer[] {
    const { type, host } = this.#movable(values, dtype), { length: parts } = this.devices;
    const [rows, ...rest] = shape, size = host.length / parts;
    return this.devices.map((device, part) => {
      const own = host.subarray(part * size, (part + 1) * size) as HostValues;
      return this.#send(own, { shape: [rows / parts, ...rest], dtype: type }, device);
    });
  }

  /** Takes ownership of an output of a program, which is on every device. */
  adopt(buffers: readonly DeviceBuffer[]): DeviceTensor {
    return new DeviceTensor(buffers, this.traffic);
  }

  #send(values: HostValues, type: TensorType, device: Device): DeviceBuffer {
    this.traffic.toDevice += values.byteLength;
    return this.client.upload(values, type, device);
  }

  #movable(values: Values, dtype: number): { type: ElementType; host: HostValues } {
    const type = TYPES.get(dtype);
    if (!type) {
      throw new EngineError(
        `Expected a float32, int32 or bool tensor for an accelerator but found ${dtypeName(dtype)}`,
      );
    }
    return { type, host: hostValues(values, type) };
  }
}

function hostValues(values: Values, type: ElementType): HostValues {
  const numbers = values as ArrayLike<number>;
  if (type === "float32") {
    return values instanceof Float32Array ? unshared(values) : Float32Array.from(numbers);
  }
  if (type === "int32") {
    return values instanceof Int32Array ? unshared(values) : Int32Array.from(numbers);
  }
  return values instanceof Uint8Array ? unshared(values) : Uint8Array.from(numbers);
}

/** The plugin copies the values during the call, so memory shared between threads needs no copy of its own. */
function unshared<T extends Float32Array | Int32Array | Uint8Array>(values: T): HostValues {
  return values as unknown as HostValues;
}
