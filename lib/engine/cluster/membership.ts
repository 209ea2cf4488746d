/**
 * Validation of a membership.
 *
 * @module
 */
import { isAddress, type Membership } from "../../core/membership.ts";

/**
 * Checks rank and addresses.
 *
 * @param membership The membership.
 * @throws {RangeError} If an address is not `host:port` or appears twice, or the rank is none of the addresses'.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => expectMembership({ addresses: ["a:1", "b"], rank: 0 }), RangeError, 'host:port but found "b"');
 * ```
 */
export function expectMembership({ addresses, rank }: Membership): void {
  const wrong = addresses.find((address) => !isAddress(address));
  if (wrong !== undefined) {
    throw new RangeError(
      `Expected the address of each process to be host:port but found "${wrong}"`,
    );
  }
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice !== undefined) {
    throw new RangeError(`Expected an address for each process but found ${twice} twice`);
  }
  expectRank(rank, addresses.length);
}

/**
 * Checks a rank.
 *
 * @param rank The rank.
 * @param size Number of processes.
 * @throws {RangeError} If it is not an integer in [0, size).
 */
export function expectRank(rank: number, size: number): void {
  if (Number.isSafeInteger(rank) && rank >= 0 && rank < size) return;
  throw new RangeError(
    `Expected the rank to be an integer from 0 to ${size - 1} but found ${rank}`,
  );
}
