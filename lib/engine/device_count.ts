/**
 * The number of devices.
 *
 * @module
 */
import { isNative } from "./native.ts";
import { currentBackend } from "./tensorflow/current_backend.ts";

/**
 * Counts the devices that compute each traced function together.
 *
 * @returns 1 on the processor; on accelerators as many as were asked for.
 */
export function deviceCount(): number {
  return isNative() ? currentBackend().accelerator?.devices.length ?? 1 : 1;
}
