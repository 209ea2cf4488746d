/**
 * Uncaught errors and unhandled promise rejections.
 *
 * @module
 */

/**
 * Overrides Deno's default handling of uncaught errors and unhandled rejections, which prints a stack trace and ends
 * the process.
 *
 * @param heard Called with the thrown value.
 * @returns Restores the default handling.
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
