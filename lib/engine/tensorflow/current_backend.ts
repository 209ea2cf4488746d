/**
 * The engine's TensorFlow backend.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { TensorflowBackend } from "./backend.ts";

/** Returns TensorFlow.js's current backend, which the caller knows to be TensorFlow's library (`isNative()`). */
export function currentBackend(): TensorflowBackend {
  return tf.backend() as unknown as TensorflowBackend;
}
