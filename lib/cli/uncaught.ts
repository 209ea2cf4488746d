/**
 * Errors that nobody waits for.
 *
 * @module
 */

/**
 * Hears errors of callbacks, and of promises that nobody awaits, in place of Deno, which would print a trace and end
 * the process.
 *
 * @param heard Called with what was thrown.
 * @returns Stops hearing.
 */
export function onUncaught(heard: (error: unknown) => void): () => void {
  const rejected = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    heard(event.reason);
  };
  const thrown = (event: ErrorEvent) => {
    event.preventDefault();
    heard(event.error);
  };
  addEventListener("unhandledrejection", rejected);
  addEventListener("error", thrown);
  return () => {
    removeEventListener("unhandledrejection", rejected);
    removeEventListener("error", thrown);
  };
}
