/**
 * Hearing what asks a process to stop.
 *
 * @module
 */

/**
 * Hears signals in place of what they do otherwise, which is to end the process, until told to stop.
 *
 * @param names Signals; on Windows those that it does not have are left out.
 * @param heard Called with each that comes.
 * @returns Stops hearing: signals do again what they did.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const came: Deno.Signal[] = [];
 * const stop = onSignals(["SIGINT", "SIGTERM"], (name) => came.push(name));
 * stop();
 * assertEquals(came, []);
 * ```
 */
export function onSignals<Name extends Deno.Signal>(
  names: readonly Name[],
  heard: (name: Name) => void,
): () => void {
  const listeners = names
    .filter((name) => Deno.build.os !== "windows" || name === "SIGINT")
    .map((name) => {
      const listener = () => heard(name);
      Deno.addSignalListener(name, listener);
      return [name, listener] as const;
    });
  return () => {
    for (const [name, listener] of listeners) Deno.removeSignalListener(name, listener);
  };
}
