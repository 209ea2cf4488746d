/**
 * Loading libtensorflow and calling its C API.
 *
 * @module
 */
import { libraryFiles } from "../install/library_files.ts";
import { EngineError } from "../../core/errors.ts";
import { pin } from "../pin.ts";
import { quietly } from "../quiet.ts";
import { CORE_SYMBOLS, FRAMEWORK_SYMBOLS } from "./symbols.ts";

/** The loaded library. */
export interface Library {
  /** Functions of `libtensorflow_framework`. */
  readonly framework: Deno.DynamicLibrary<typeof FRAMEWORK_SYMBOLS>["symbols"];
  /** Functions of `libtensorflow_cc`. */
  readonly core: Deno.DynamicLibrary<typeof CORE_SYMBOLS>["symbols"];
  /** Shared status object of synchronous calls. */
  readonly status: Deno.PointerValue;
  /** TensorFlow's version, for instance `2.21.0`. */
  readonly version: string;
  /**
   * Throws if the last call failed.
   *
   * @param context Returns a prefix for TensorFlow's message.
   * @param status Status to check instead of the shared one.
   */
  check(context?: () => string, status?: Deno.PointerValue): void;
}

const encoder = new TextEncoder();
const cStrings = new Map<string, Uint8Array<ArrayBuffer>>();

/** Encodes a string as UTF-8 without a terminating zero. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Encodes a zero-terminated C string; cached, since there are few names of operations and attributes. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  let bytes = cStrings.get(text);
  if (!bytes) cStrings.set(text, bytes = encoder.encode(text + "\0"));
  return bytes;
}

/** Copies the contents of a `TF_Buffer`. */
export function bytesIn(buffer: Deno.PointerValue): Uint8Array<ArrayBuffer> {
  const view = new Deno.UnsafePointerView(buffer!);
  const length = Number(view.getBigUint64(8));
  if (length === 0) return new Uint8Array(0);
  return new Uint8Array(
    Deno.UnsafePointerView.getArrayBuffer(view.getPointer(0)!, length).slice(0),
  );
}

/** Defaults of environment variables read by the library. */
const SETTINGS = {
  // Hides TensorFlow's log messages below errors, which would interleave with progress bars.
  TF_CPP_MIN_LOG_LEVEL: "2",
  // By default TensorFlow enables oneDNN only with AVX-512 VNNI, but it halves the time of a training step on
  // AVX2 CPUs, too.
  TF_ENABLE_ONEDNN_OPTS: "1",
};

/**
 * Loads libtensorflow for the rest of the process.
 *
 * @param folder Folder with the two libraries.
 * @returns Its functions.
 * @throws {EngineError} If a library is missing, is not for this machine, or lacks a function.
 */
export function loadLibrary(folder: string): Library {
  for (const [name, value] of Object.entries(SETTINGS)) {
    if (Deno.env.get(name) === undefined) Deno.env.set(name, value);
  }
  try {
    return quietly(() => {
      for (const path of Object.values(libraryPaths(folder))) pin(path);
      return bindLibrary(folder);
    });
  } catch (cause) {
    throw new EngineError(
      `Expected libtensorflow in ${folder} but loading it failed: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/**
 * Binds the functions of the library for one thread; {@linkcode loadLibrary} has loaded it on another.
 *
 * @param folder Folder with the two libraries.
 * @returns Its functions, with a status of their own.
 */
export function bindLibrary(folder: string): Library {
  const paths = libraryPaths(folder);
  const framework = Deno.dlopen(paths.framework, FRAMEWORK_SYMBOLS).symbols;
  const core = Deno.dlopen(paths.core, CORE_SYMBOLS).symbols;
  const status = framework.TF_NewStatus();
  return {
    framework,
    core,
    status,
    version: new Deno.UnsafePointerView(core.TF_Version()!).getCString(),
    check(context, which = status) {
      if (framework.TF_GetCode(which) === 0) return;
      const message = new Deno.UnsafePointerView(framework.TF_Message(which)!).getCString();
      // Successful calls do not reset an earlier failure, and context() may make such calls.
      framework.TF_SetStatus(which, 0, cString(""));
      throw new EngineError(context ? `${context()}: ${message}` : message);
    },
  };
}

function libraryPaths(folder: string): { framework: string; core: string } {
  const [framework, core] = libraryFiles();
  return { framework: `${folder}/${framework}`, core: `${folder}/${core}` };
}
