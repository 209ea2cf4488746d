/**
 * Loading a PJRT plugin and calling its functions.
 *
 * PJRT (`xla/pjrt/c/pjrt_c_api.h`) is the one interface to NVIDIA's, AMD's and Intel's GPUs and Google's TPUs: a shared
 * library with a function `GetPjrtApi` that returns a table of functions, each with a single argument, a structure.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { pin } from "../pin.ts";
import { type DeviceMemory, PjrtError, RESOURCE_EXHAUSTED } from "./pjrt_error.ts";
import { type NamedValue, readNamedValues } from "./named_values.ts";
import { Structure } from "./structure.ts";

/** Places in the table; functions are only ever appended to it. */
const FUNCTIONS = {
  Error_Destroy: 0,
  Error_Message: 1,
  Error_GetCode: 2,
  Plugin_Initialize: 3,
  Plugin_Attributes: 4,
  Event_Destroy: 5,
  Event_Await: 8,
  Client_Create: 10,
  Client_Destroy: 11,
  Client_PlatformName: 12,
  Client_PlatformVersion: 14,
  Client_AddressableDevices: 16,
  Client_Compile: 20,
  Client_BufferFromHostBuffer: 22,
  DeviceDescription_Id: 23,
  DeviceDescription_Kind: 26,
  Device_GetDescription: 29,
  Device_MemoryStats: 34,
  Executable_Destroy: 40,
  Executable_Serialize: 49,
  LoadedExecutable_Destroy: 50,
  LoadedExecutable_GetExecutable: 51,
  LoadedExecutable_Execute: 55,
  Executable_DeserializeAndLoad: 56,
  Buffer_Destroy: 58,
  Buffer_OnDeviceSizeInBytes: 64,
  Buffer_ToHostBuffer: 70,
  Buffer_ReadyEvent: 72,
  TopologyDescription_Create: 82,
  TopologyDescription_Destroy: 83,
  Compile: 89,
  Executable_OutputElementTypes: 90,
  Executable_OutputDimensions: 91,
} as const;

/** Name of a function without the prefix `PJRT_`. */
export type FunctionName = keyof typeof FUNCTIONS;

/**
 * Returns the place of a function in the table, after its size, extensions, version and other functions.
 *
 * @param name Name of the function.
 * @returns Offset in bytes.
 */
export function offsetOf(name: FunctionName): number {
  return 40 + 8 * FUNCTIONS[name];
}

/** The oldest version that has been tried; JAX promises plugins no more than three months of compatibility. */
const OLDEST = 81;

const CALL = { parameters: ["buffer"], result: "pointer" } as const;
const CALL_OFF_THREAD = { ...CALL, nonblocking: true } as const;
const CALL_WITHOUT_RESULT = { parameters: ["buffer"], result: "void" } as const;

/** The functions of a loaded plugin. */
export class Api {
  /** The plugin's shared library. */
  readonly path: string;
  /** Version of the plugin's API, for instance `0.115`. */
  readonly version: string;
  /** Attributes of the plugin, for instance `xla_version`. */
  readonly attributes: Readonly<Record<string, NamedValue>>;
  /** Tells the memory of the device that has the least left, for errors. */
  memory: () => DeviceMemory | undefined = () => undefined;
  readonly #table: Deno.UnsafePointerView;
  readonly #size: number;
  readonly #calls = new Map<FunctionName, Deno.UnsafeFnPointer<typeof CALL>>();
  readonly #callsOffThread = new Map<FunctionName, Deno.UnsafeFnPointer<typeof CALL_OFF_THREAD>>();

  /**
   * Initialises a plugin.
   *
   * @param table Its functions.
   * @param path The plugin's shared library, for errors.
   * @throws {EngineError} If it is of a version that is not supported.
   */
  constructor(table: Deno.UnsafePointerView, path: string) {
    this.path = path;
    this.#table = table;
    this.#size = Number(this.#table.getBigUint64(0));
    const [major, minor] = [this.#table.getInt32(32), this.#table.getInt32(36)];
    this.version = `${major}.${minor}`;
    if (major !== 0 || minor < OLDEST) {
      throw new EngineError(
        `Expected a plugin of the PJRT API 0.${OLDEST} or a later 0.x but found ${this.version} in ${path}: ` +
          "install another release of it",
      );
    }
    this.call("Plugin_Initialize");
    const told = this.call("Plugin_Attributes");
    this.attributes = readNamedValues(told.pointer(16), told.number(24));
  }

  /**
   * Loads a plugin for the rest of the process and initialises it.
   *
   * @param path The plugin's shared library.
   * @returns Its functions.
   * @throws {EngineError} If it cannot be loaded, is no plugin, or of a version that is not supported.
   */
  static load(path: string): Api {
    return new Api(tableOf(path), path);
  }

  /**
   * Calls a function.
   *
   * @param name Name of the function.
   * @param args Its argument.
   * @returns The argument, into which the function wrote its results.
   * @throws {PjrtError} If the function fails; with the plugin's message.
   */
  call(name: FunctionName, args: Structure = new Structure()): Structure {
    let call = this.#calls.get(name);
    if (!call) this.#calls.set(name, call = new Deno.UnsafeFnPointer(this.#function(name), CALL));
    this.#check(name, call.call(args.bytes));
    return args;
  }

  /** Calls a function like {@linkcode Api.call}, without blocking the event loop. */
  async callOffThread(name: FunctionName, args: Structure): Promise<Structure> {
    let call = this.#callsOffThread.get(name);
    if (!call) {
      call = new Deno.UnsafeFnPointer(this.#function(name), CALL_OFF_THREAD);
      this.#callsOffThread.set(name, call);
    }
    this.#check(name, await call.call(args.bytes));
    return args;
  }

  /** Waits for an event without blocking the event loop, and frees it. */
  async settle(event: Deno.PointerValue): Promise<void> {
    if (event === null) return;
    try {
      await this.callOffThread("Event_Await", new Structure({ 16: event }));
    } finally {
      this.call("Event_Destroy", new Structure({ 16: event }));
    }
  }

  /** Waits for an event, and frees it. */
  settleNow(event: Deno.PointerValue): void {
    if (event === null) return;
    try {
      this.call("Event_Await", new Structure({ 16: event }));
    } finally {
      this.call("Event_Destroy", new Structure({ 16: event }));
    }
  }

  #function<Definition extends Deno.ForeignFunction>(
    name: FunctionName,
  ): Deno.PointerObject<Definition> {
    const offset = offsetOf(name);
    const found = offset + 8 <= this.#size ? this.#table.getPointer(offset) : null;
    if (found === null) {
      throw new EngineError(
        `Expected the plugin to have PJRT_${name} but its version ${this.version} has not: install another`,
      );
    }
    return found as Deno.PointerObject<Definition>;
  }

  #check(name: FunctionName, error: Deno.PointerValue): void {
    if (error === null) return;
    const message = new Structure({ 16: error }), code = new Structure({ 16: error });
    const withoutResult = (name: FunctionName, args: Structure) =>
      new Deno.UnsafeFnPointer<typeof CALL_WITHOUT_RESULT>(
        this.#function(name),
        CALL_WITHOUT_RESULT,
      ).call(args.bytes);
    withoutResult("Error_Message", message);
    const text = message.text(24);
    new Deno.UnsafeFnPointer<typeof CALL>(this.#function("Error_GetCode"), CALL).call(code.bytes);
    withoutResult("Error_Destroy", new Structure({ 16: error }));
    const failed = `PJRT_${name}`, number = code.int(24);
    const memory = number === RESOURCE_EXHAUSTED ? this.memory() : undefined;
    throw new PjrtError(failed, number, text, memory);
  }
}

function tableOf(path: string): Deno.UnsafePointerView {
  let found: Deno.PointerValue;
  try {
    // Unloading a plugin would crash: its threads and its handlers at the end of the process remain.
    pin(path);
    found = Deno.dlopen(path, { GetPjrtApi: { parameters: [], result: "pointer" } })
      .symbols.GetPjrtApi();
  } catch (cause) {
    throw new EngineError(
      `Expected a PJRT plugin in ${path} but loading it failed: ${
        (cause as Error).message.replace(/^(Could not open library: )+/, "")
      }`,
      { cause },
    );
  }
  if (found === null) {
    throw new EngineError(`Expected a PJRT plugin in ${path} but it returns no functions`);
  }
  return new Deno.UnsafePointerView(found);
}
