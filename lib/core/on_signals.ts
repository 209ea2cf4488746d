/**
 * Handlers for signals that ask the process to stop.
 *
 * @module
 */

/**
 * Overrides the default signal handlers, which end the process.
 *
 * @param names Signals to handle; on Windows all but `SIGINT` are ignored.
 * @param onSignal Called with each signal received.
 * @returns A function that restores the default handlers.
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
  onSignal: (name: Name) => void,
): () => void {
  const listeners = names
    .filter((name) => Deno.build.os !== "windows" || name === "SIGINT")
    .map((name) => {
      const listener = () => onSignal(name);
      Deno.addSignalListener(name, listener);
      return [name, listener] as const;
    });
  return () => {
    for (const [name, listener] of listeners) Deno.removeSignalListener(name, listener);
  };
}
