/**
 * Free ports on this machine.
 *
 * @module
 */

/**
 * Finds free ports on 127.0.0.1. They are free when the function returns; only a process that takes one of them before
 * its worker does makes that worker fail.
 *
 * @param count Number of ports.
 * @returns `host:port` for each, distinct.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new Set(freeAddresses(3)).size, 3);
 * ```
 */
export function freeAddresses(count: number): string[] {
  // Listening on all of them at once, so that the system gives each only once.
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const addresses = listeners.map(({ addr }) => `127.0.0.1:${addr.port}`);
  for (const listener of listeners) listener.close();
  return addresses;
}
