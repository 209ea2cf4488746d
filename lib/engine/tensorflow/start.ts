/**
 * Starting the libtensorflow backend.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { NATIVE_BACKEND } from "../native.ts";
import { tensorflowBackend } from "./backend.ts";
import { Binding } from "./binding.ts";
import type { Device } from "./devices.ts";
import { loadLibrary } from "./library.ts";

/** Version and devices of the started backend. */
export interface Started {
  /** TensorFlow's version. */
  version: string;
  /** Devices found by TensorFlow. */
  devices: readonly Device[];
}

/**
 * Loads libtensorflow, registers its backend with TensorFlow.js and makes it the active one.
 *
 * @param folder Folder with the two libraries.
 * @returns Version and devices.
 * @throws {EngineError} If the library cannot be loaded.
 */
export async function startTensorflow(folder: string): Promise<Started> {
  const binding = new Binding(loadLibrary(folder));
  const backend = await tensorflowBackend(binding);
  tf.registerBackend(NATIVE_BACKEND, () => backend, 3);
  await tf.setBackend(NATIVE_BACKEND);
  return { version: binding.TF_Version, devices: binding.devices };
}
