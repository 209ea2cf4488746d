/**
 * The processes that train together.
 *
 * @module
 */

/** The processes that train one network together, and which of them this one is. */
export interface Membership {
  /** `host:port` of each process, by rank. */
  readonly addresses: readonly string[];
  /** This process's rank, an integer in [0, addresses.length). */
  readonly rank: number;
}

/**
 * Whether a text is the address of a process: a host name, an IPv4 address or an IPv6 address in brackets, with a port
 * from 1 to 65535.
 *
 * @param text The text.
 * @returns Whether it is.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(["node-1:2222", "[::1]:2222", "node", "node:0", "a b:1"].map(isAddress), [true, true, false, false, false]);
 * ```
 */
export function isAddress(text: string): boolean {
  const [, port] = /^(?:[\w.-]+|\[[\da-fA-F:.]+\]):(\d{1,5})$/.exec(text) ?? [];
  return Number(port) >= 1 && Number(port) <= 65_535;
}
