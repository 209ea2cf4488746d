/**
 * Batches that several devices divide among them.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { deviceCount } from "../engine/device_count.ts";

/**
 * Throws if a batch cannot be divided equally among the devices of the engine.
 *
 * @param batch Number of images.
 * @throws {UsageError} If it is not a multiple of the number of devices.
 *
 * @example
 * ```ts
 * // One device computes batches of any size.
 * expectEqualParts(7);
 * ```
 */
export function expectEqualParts(batch: number): void {
  const devices = deviceCount();
  if (batch % devices === 0) return;
  throw new UsageError(
    `Expected --batch to be a multiple of ${devices}, the number of devices, but found ${batch}`,
  );
}
