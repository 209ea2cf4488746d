/**
 * A device that traced functions run on, and the tensors in its memory.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { DTYPE, dtypeName } from "../tensorflow/dtypes.ts";
import type { Remote } from "../tensorflow/remote.ts";
import type { Metadata } from "../tensorflow/executor.ts";
import type { Values } from "../tensorflow/tensors.ts";
import type { DeviceBuffer } from "./buffer.ts";
import type { Client, Device } from "./client.ts";
import type { ElementType, HostValues } from "./element_types.ts";
import type { ProgramCache } from "./program_cache.ts";

/** Values that moved between the memory of the processor and that of the device. */
export interface Traffic {
  /** Bytes copied to the device. */
  toDevice: number;
  /** Bytes copied from the device. */
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

/** Values of a tensor in the device's memory. */
export class DeviceTensor implements Remote {
  readonly shape: number[];
  readonly dtype: number;
  /** The values. */
  readonly buffer: DeviceBuffer;
  readonly #traffic: Traffic;

  /**
   * @param buffer The values, freed with the tensor.
   * @param traffic Counts copies.
   */
  constructor(buffer: DeviceBuffer, traffic: Traffic) {
    this.buffer = buffer;
    this.shape = [...buffer.shape];
    this.dtype = DTYPE[buffer.dtype];
    this.#traffic = traffic;
  }

  readNow(): HostValues {
    const values = this.buffer.readNow();
    this.#traffic.toHost += values.byteLength;
    this.#traffic.stalls++;
    return values;
  }

  async read(): Promise<HostValues> {
    const values = await this.buffer.read();
    this.#traffic.toHost += values.byteLength;
    return values;
  }

  free(): void {
    this.buffer.free();
  }
}

/** A device that traced functions run on. */
export class Accelerator {
  /** The plugin's client. */
  readonly client: Client;
  /** The device. */
  readonly device: Device;
  /** Compiled programs. */
  readonly programs: Programs;
  /** Whether the device may round the float32 operands of products and convolutions to TF32. */
  readonly tf32: boolean;
  /** Values moved so far. */
  readonly traffic: Traffic = { toDevice: 0, toHost: 0, stalls: 0 };

  /**
   * @param client The plugin's client.
   * @param device One of its devices.
   * @param programs Compiled programs.
   * @param options `tf32`: whether products and convolutions may be rounded to TF32.
   */
  constructor(client: Client, device: Device, programs: Programs, options: { tf32: boolean }) {
    this.client = client;
    this.device = device;
    this.programs = programs;
    this.tf32 = options.tf32;
  }

  /**
   * Copies values to the device.
   *
   * @param values Values in row-major order.
   * @param type Shape, and TensorFlow's code of the data type.
   * @returns The values on the device.
   * @throws {EngineError} If values of the type are not moved.
   */
  upload(values: Values, { shape, dtype }: Omit<Metadata, "id">): DeviceTensor {
    const type = TYPES.get(dtype);
    if (!type) {
      throw new EngineError(
        `Expected a float32, int32 or bool tensor for an accelerator but found ${dtypeName(dtype)}`,
      );
    }
    const host = hostValues(values, type);
    this.traffic.toDevice += host.byteLength;
    return this.adopt(this.client.upload(host, { shape, dtype: type }, this.device));
  }

  /** Takes ownership of an output of a program. */
  adopt(buffer: DeviceBuffer): DeviceTensor {
    return new DeviceTensor(buffer, this.traffic);
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
