/**
 * JPEG decoding by TensorFlow's library: the same pixels as the WebAssembly decoder, in half the time.
 *
 * @module
 */
import { EngineError } from "../core/errors.ts";
import { locateLibtensorflow } from "../engine/install/locate.ts";
import { newContext } from "../engine/tensorflow/context.ts";
import { DTYPE } from "../engine/tensorflow/dtypes.ts";
import { Eager } from "../engine/tensorflow/eager.ts";
import { bindLibrary, loadLibrary } from "../engine/tensorflow/library.ts";
import type { OpDef } from "../engine/tensorflow/op_def.ts";
import type { Image } from "./images/image.ts";

/** Decodes a JPEG file, or returns `undefined` if it cannot. */
export type NativeJpeg = (bytes: Uint8Array) => Image | undefined;

/** Decoder state shared between threads; it can be posted to a worker. */
export interface SharedJpeg {
  /** Folder of TensorFlow's library. */
  readonly folder: string;
  /** Address of the TensorFlow context in which operations run. */
  readonly context: bigint;
}

let opened: Promise<SharedJpeg | undefined> | undefined;

/**
 * Loads the library and creates a context separate from the engine's, once per process. Call it only on the main
 * thread: standard error of the whole process is silenced while the library loads.
 *
 * @returns Argument of {@linkcode attachJpeg}, or `undefined` if the library is not installed or `NBN_BACKEND` selects
 * another backend.
 */
export function sharedJpeg(): Promise<SharedJpeg | undefined> {
  return opened ??= open();
}

async function open(): Promise<SharedJpeg | undefined> {
  if (!["", "tensorflow"].includes(Deno.env.get("NBN_BACKEND") ?? "")) return undefined;
  try {
    const found = await locateLibtensorflow();
    if (!found) return undefined;
    const { folder } = found;
    return { folder, context: Deno.UnsafePointer.value(newContext(loadLibrary(folder))) };
  } catch (error) {
    // The engine reports errors of the library; images can be decoded without it.
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** The attributes of the `DecodeJpeg` op that are used here. */
const DECODE_JPEG: OpDef = {
  inputs: [{ name: "contents", typeAttribute: "", numberAttribute: "", typeListAttribute: "" }],
  attributes: new Map([["channels", "int"], ["dct_method", "string"]]),
  inferred: new Set(),
};

/** TensorFlow's default `dct_method` is faster but yields other pixels. */
const ATTRIBUTES = [["channels", 3], ["dct_method", "INTEGER_ACCURATE"]] as const;

/**
 * Creates a decoder for the current thread.
 *
 * @param shared State shared between threads.
 * @returns The decoder.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const shared = await sharedJpeg();
 * if (shared) assertEquals(attachJpeg(shared)(Uint8Array.of(0xff, 0xd8)), undefined);
 * ```
 */
export function attachJpeg({ folder, context }: SharedJpeg): NativeJpeg {
  const library = bindLibrary(folder);
  let id = 0;
  const eager = new Eager(
    library,
    Deno.UnsafePointer.create(context),
    () => DECODE_JPEG,
    () => ++id,
  );
  return (bytes) => {
    const file = eager.create([], DTYPE.string, [bytes]);
    try {
      const [{ id, shape: [height, width] }] = eager.execute("DecodeJpeg", ATTRIBUTES, [file], 1);
      const pixels = eager.read(id) as Uint8Array;
      eager.delete(id);
      return { width, height, pixels };
    } catch (error) {
      if (error instanceof EngineError) return undefined;
      throw error;
    } finally {
      eager.delete(file);
    }
  };
}
