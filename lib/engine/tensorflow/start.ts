/**
 * Starting the libtensorflow backend.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { NATIVE_BACKEND } from "../native.ts";
import { tensorflowBackend } from "./backend.ts";
import { Binding } from "./binding.ts";
import { loadLibrary } from "./library.ts";

/**
 * Loads libtensorflow, registers its backend with TensorFlow.js and makes it the active one.
 *
 * @param folder Folder with the two libraries.
 * @returns TensorFlow's version.
 * @throws {EngineError} If the library cannot be loaded.
 */
export async function startTensorflow(folder: string): Promise<string> {
  const binding = new Binding(loadLibrary(folder));
  const backend = await tensorflowBackend(binding);
  tf.registerBackend(NATIVE_BACKEND, () => backend, 3);
  await tf.setBackend(NATIVE_BACKEND);
  return binding.TF_Version;
}
