/**
 * Modules that several devices run together, in the notation of Shardy (https://openxla.org/shardy).
 *
 * The operations of such a module are those for one device. It only says which inputs are sharded, and that its outputs
 * are whole on every device; the compiler derives what each device computes and where parts are summed or gathered. So a
 * function needs no collective operations of its own, and whatever it computes over a batch (the statistics of a norm,
 * a loss that compares images) it computes over the whole batch.
 *
 * @module
 */
import { list } from "./text.ts";
import type { Type } from "./value.ts";

/** How the inputs of a module lie on several devices. */
export interface Sharding {
  /** Number of devices, at least 2. */
  readonly devices: number;
  /** Indices of the inputs of which each device has an equal part of the rows; the others are whole on each. */
  readonly inputs: ReadonlySet<number>;
}

/** Formats the devices, as one axis. */
export function meshText({ devices }: Sharding): string {
  return `sdy.mesh @devices = <["batch"=${devices}]>`;
}

/** Formats how a value lies on the devices: sharded along its first axis, or whole on each. */
export function placeText({ shape }: Type, isSharded: boolean): string {
  const axes = shape.map((_, axis) => isSharded && axis === 0 ? '{"batch"}' : "{}");
  return `<@devices, ${list(axes)}>`;
}

/** Formats the same as an attribute of an input or an output. */
export function shardingText(type: Type, isSharded: boolean): string {
  return `sdy.sharding = #sdy.sharding${placeText(type, isSharded)}`;
}
