/**
 * Values in a device's memory.
 *
 * @module
 */
import type { Api } from "./api.ts";
import { type ElementType, emptyValues, type HostValues } from "./element_types.ts";
import { Structure } from "./structure.ts";

/** Shape and type of values. */
export interface TensorType {
  /** Size of each axis. */
  readonly shape: readonly number[];
  /** Type of the elements. */
  readonly dtype: ElementType;
}

/** `PJRT_Buffer_MemoryLayout_Type_Tiled`, whose field follows the largest member of a union. */
const LAYOUT_SIZE = 80;

/** Values in a device's memory; free them with {@linkcode DeviceBuffer.free}. */
export class DeviceBuffer implements TensorType {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
  readonly #api: Api;
  readonly #onFree: () => void;
  #handle: Deno.PointerObject | undefined;

  /**
   * @param api Functions of the plugin.
   * @param handle The plugin's buffer, freed with this one.
   * @param type Shape and type of the values.
   * @param onFree Called when it is freed.
   */
  constructor(api: Api, handle: Deno.PointerObject, type: TensorType, onFree: () => void) {
    this.#api = api;
    this.#handle = handle;
    this.#onFree = onFree;
    [this.shape, this.dtype] = [type.shape, type.dtype];
  }

  /** The plugin's buffer. */
  get handle(): Deno.PointerObject {
    if (!this.#handle) throw new TypeError("Expected a buffer in use but found one that was freed");
    return this.#handle;
  }

  /** Number of elements. */
  get size(): number {
    return this.shape.reduce((product, length) => product * length, 1);
  }

  /**
   * Copies the values to the host as soon as they are computed, without blocking the event loop.
   *
   * @returns The values in row-major order.
   * @throws {PjrtError} If the computation failed, or a program has used the buffer up.
   */
  async read(): Promise<HostValues> {
    const { values, args } = this.#reading();
    await this.#api.settle(args.pointer(48));
    return values;
  }

  /** Copies the values to the host like {@linkcode DeviceBuffer.read}, blocking the event loop meanwhile. */
  readNow(): HostValues {
    const { values, args } = this.#reading();
    this.#api.settleNow(args.pointer(48));
    return values;
  }

  /**
   * Waits until the values are computed, without blocking the event loop.
   *
   * @throws {PjrtError} If the computation failed.
   */
  async ready(): Promise<void> {
    const args = this.#api.call("Buffer_ReadyEvent", new Structure({ 16: this.handle }));
    await this.#api.settle(args.pointer(24));
  }

  #reading(): { values: HostValues; args: Structure } {
    const values = emptyValues(this.dtype, this.size), rank = this.shape.length;
    // A device may store the axes in another order, so the usual one is asked for.
    const order = BigInt64Array.from({ length: rank }, (_, axis) => BigInt(rank - 1 - axis));
    const tiled = new Structure({ 16: 56, 32: order, 40: rank }, LAYOUT_SIZE);
    const fields = { 16: this.handle, 32: values, 40: values.byteLength };
    const args = new Structure(rank > 0 ? { ...fields, 24: tiled } : fields);
    this.#api.call("Buffer_ToHostBuffer", args);
    return { values, args };
  }

  /** Frees the memory, once the programs that read it have ended. */
  free(): void {
    if (!this.#handle) return;
    this.#api.call("Buffer_Destroy", new Structure({ 16: this.#handle }));
    this.#handle = undefined;
    this.#onFree();
  }
}
