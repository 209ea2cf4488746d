/**
 * Names of devices, as `--device` and `NBN_DEVICE` take them.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";

/** Kinds of devices: `auto` is an accelerator if there is one, `cpu-plugin` is XLA's CPU plugin, for tests. */
export const DEVICE_KINDS = ["auto", "cpu", "gpu", "tpu", "cpu-plugin"] as const;

/** Kind of a device. */
export type DeviceKind = typeof DEVICE_KINDS[number];

/** A device to run on. */
export interface DeviceName {
  /** Its kind. */
  readonly kind: DeviceKind;
  /** Its number among those of its kind, from 0. */
  readonly index: number;
}

/**
 * Reads the name of a device.
 *
 * @param name A kind, with a number if it is not the first: `gpu`, `gpu:1`.
 * @param where Where the name was given, for the error.
 * @returns Kind and number.
 * @throws {UsageError} If there is no such kind, or no number after a colon.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(deviceName("gpu:1"), { kind: "gpu", index: 1 });
 * ```
 */
export function deviceName(name: string, where = "the device"): DeviceName {
  const [kind, index = "0", ...rest] = name.split(":");
  const isKind = (DEVICE_KINDS as readonly string[]).includes(kind);
  const mayHaveNumber = kind !== "auto" && kind !== "cpu";
  if (isKind && /^\d+$/.test(index) && rest.length === 0 && (mayHaveNumber || name === kind)) {
    return { kind: kind as DeviceKind, index: Number(index) };
  }
  throw new UsageError(
    `Expected ${where} to be one of ${DEVICE_KINDS.join(", ")}, or gpu:1 for the second GPU, ` +
      `but found "${name}"${isKind ? "" : didYouMean(kind, DEVICE_KINDS)}`,
  );
}
