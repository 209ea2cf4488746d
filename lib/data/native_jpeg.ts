/**
 * JPEG files decoded by TensorFlow's library: the same pixels as from WebAssembly, in half the time.
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

/** Decodes a JPEG file, or returns `undefined` for one that it cannot decode. */
export type NativeJpeg = (bytes: Uint8Array) => Image | undefined;

/** What threads share that decode: it can be sent to them. */
export interface SharedJpeg {
  /** Folder of the library. */
  readonly folder: string;
  /** Address of the context that operations run in. */
  readonly context: bigint;
}

let opened: Promise<SharedJpeg | undefined> | undefined;

/**
 * Loads the library and starts a context beside the engine's, once in a process. Only the main thread may do so:
 * while the library is being loaded, standard error is silenced for the whole process.
 *
 * @returns What {@linkcode attachJpeg} needs, or `undefined` where the library is not installed or `NBN_BACKEND`
 * asks for another backend.
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
    // The engine tells what is wrong with the library; images can be had without it.
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

/** The part of the operation's definition that is used here. */
const DECODE_JPEG: OpDef = {
  inputs: [{ name: "contents", typeAttribute: "", numberAttribute: "", typeListAttribute: "" }],
  attributes: new Map([["channels", "int"], ["dct_method", "string"]]),
  inferred: new Set(),
};

/** TensorFlow's default is a faster transform that gives other pixels. */
const ATTRIBUTES = [["channels", 3], ["dct_method", "INTEGER_ACCURATE"]] as const;

/**
 * Makes a decoder for this thread.
 *
 * @param shared What all threads share.
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
