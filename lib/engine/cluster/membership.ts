/**
 * Validation of a membership.
 *
 * @module
 */
import type { Membership } from "../../core/membership.ts";

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
  if (Number.isSafeInteger(rank) && rank >= 0 && rank < addresses.length) return;
  throw new RangeError(
    `Expected the rank to be an integer from 0 to ${addresses.length - 1} but found ${rank}`,
  );
}

function isAddress(address: string): boolean {
  const port = Number(/^[^\s:]+:(\d+)$|^\[[^\s\]]+\]:(\d+)$/.exec(address)?.slice(1).join("") ?? 0);
  return port > 0 && port < 65536;
}
