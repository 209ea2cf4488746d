/**
 * Addresses for the processes of a cluster on this machine.
 *
 * @module
 */

/**
 * Finds free ports of the loopback interface.
 *
 * @param count Number of addresses.
 * @returns `host:port` of each.
 */
export function freeAddresses(count: number): string[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const addresses = listeners.map(({ addr }) => `127.0.0.1:${(addr as Deno.NetAddr).port}`);
  for (const listener of listeners) listener.close();
  return addresses;
}
