/**
 * Requests to stop, by signals that may arrive several times.
 *
 * @module
 */
import { onSignals } from "./on_signals.ts";

/**
 * Milliseconds within which signals count as one request: Ctrl-C and schedulers signal all processes of a group, and
 * `deno task` forwards the signal again. Pressing Ctrl-C twice takes longer.
 */
const ONE_REQUEST = 1000;

/**
 * Overrides the default handlers of signals that ask the process to stop.
 *
 * @param names Signals to handle; on Windows all but `SIGINT` are ignored.
 * @param onRequest Called with the first signal of each request, and the number of the request, from 1.
 * @returns A function that restores the default handlers.
 */
export function onRequests<Name extends Deno.Signal>(
  names: readonly Name[],
  onRequest: (name: Name, request: number) => void,
): () => void {
  let last = -Infinity, requests = 0;
  return onSignals(names, (name) => {
    const now = performance.now();
    if (now - last < ONE_REQUEST) return;
    last = now;
    onRequest(name, ++requests);
  });
}
