/**
 * The flag `--device`, shared by the commands that run networks.
 *
 * @module
 */
import { DEVICE_KINDS, deviceName } from "../engine/device_name.ts";

/** Definition of the flag. */
export const DEVICE_FLAG = { device: { type: "string", words: DEVICE_KINDS } } as const;

/**
 * Chooses the device for the rest of the process and its children.
 *
 * @param name Value of `--device`, if it was given.
 * @throws {UsageError} If there is no such device.
 */
export function useDevice(name: string | undefined): void {
  if (name === undefined) return;
  deviceName(name, "--device");
  Deno.env.set("NBN_DEVICE", name);
}
