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

/** Devices to run on. */
export interface DeviceName {
  /** Their kind. */
  readonly kind: DeviceKind;
  /** Their numbers among those of their kind, from 0; at least one. */
  readonly indices: readonly number[];
}

/**
 * Reads the name of a device, or of several of a kind.
 *
 * @param name A kind, with numbers unless it is the first alone: `gpu`, `gpu:1`, `gpu:0,1`.
 * @param where Where the name was given, for the error.
 * @returns Kind and numbers.
 * @throws {UsageError} If there is no such kind, no number after a colon, or a number twice.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(deviceName("gpu:0,1"), { kind: "gpu", indices: [0, 1] });
 * ```
 */
export function deviceName(name: string, where = "the device"): DeviceName {
  const [kind, list = "0", ...rest] = name.split(":");
  const isKind = (DEVICE_KINDS as readonly string[]).includes(kind);
  const mayHaveNumbers = kind !== "auto" && kind !== "cpu";
  const isList = /^\d+(,\d+)*$/.test(list) && rest.length === 0;
  if (!isKind || !isList || (!mayHaveNumbers && name !== kind)) {
    throw new UsageError(
      `Expected ${where} to be one of ${DEVICE_KINDS.join(", ")}, gpu:1 for the second GPU, or ` +
        `gpu:0,1 for two, but found "${name}"${isKind ? "" : didYouMean(kind, DEVICE_KINDS)}`,
    );
  }
  const indices = list.split(",").map(Number);
  const twice = indices.find((index, i) => indices.indexOf(index) < i);
  if (twice !== undefined) {
    throw new UsageError(
      `Expected ${where} to be given once but found ${twice} twice in "${name}"`,
    );
  }
  return { kind: kind as DeviceKind, indices };
}
