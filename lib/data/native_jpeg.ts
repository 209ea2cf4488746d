/**
 * JPEG files decoded by TensorFlow's library.
 *
 * @module
 */
import { EngineError } from "../core/errors.ts";
import { locateLibtensorflow } from "../engine/install/locate.ts";
import { newContext } from "../engine/tensorflow/context.ts";
import { DTYPE } from "../engine/tensorflow/dtypes.ts";
import { Eager } from "../engine/tensorflow/eager.ts";
import { loadLibrary } from "../engine/tensorflow/library.ts";
import { opDefs } from "../engine/tensorflow/op_def.ts";
import type { Image } from "./decode.ts";

/** Decodes a JPEG file, or returns `undefined` for one that it cannot decode. */
export type NativeJpeg = (bytes: Uint8Array) => Image | undefined;

let opened: Promise<NativeJpeg | undefined> | undefined;

/**
 * Opens TensorFlow's decoder for this thread: the same pixels as from WebAssembly in half the time.
 *
 * It runs beside the engine, so that threads that prepare batches can have one each.
 *
 * @returns The decoder, or `undefined` where the library is not installed or `NBN_BACKEND` asks for another
 * backend.
 */
export function nativeJpeg(): Promise<NativeJpeg | undefined> {
  return opened ??= open();
}

async function open(): Promise<NativeJpeg | undefined> {
  if (!["", "tensorflow"].includes(Deno.env.get("NBN_BACKEND") ?? "")) return undefined;
  try {
    const found = await locateLibtensorflow();
    return found && decoder(found.folder);
  } catch (error) {
    // The engine tells what is wrong with the library; images can be had without it.
    if (error instanceof EngineError) return undefined;
    throw error;
  }
}

function decoder(folder: string): NativeJpeg {
  const library = loadLibrary(folder);
  let id = 0;
  const eager = new Eager(library, newContext(library), opDefs(library), () => ++id);
  // TensorFlow's default is a faster transform with other pixels.
  const attributes = [["channels", 3], ["dct_method", "INTEGER_ACCURATE"]] as const;
  return (bytes) => {
    const file = eager.create([], DTYPE.string, [bytes]);
    try {
      const [{ id, shape: [height, width] }] = eager.execute("DecodeJpeg", attributes, [file], 1);
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
