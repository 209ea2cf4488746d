/**
 * Waiting that ends when a signal is aborted.
 *
 * @module
 */

/**
 * Waits for a promise, or until a signal is aborted.
 *
 * @param promise The promise; after an abort its outcome is ignored.
 * @param signal The signal, if there is one.
 * @returns Its value.
 * @throws {unknown} The reason of the signal, if it is aborted first; otherwise what the promise rejects with.
 *
 * @example
 * ```ts
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * assertEquals(await untilAborted(Promise.resolve(1), new AbortController().signal), 1);
 * await assertRejects(() => untilAborted(new Promise(() => {}), AbortSignal.abort()), DOMException);
 * ```
 */
export async function untilAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return await promise;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort);
  // Ignored, not unhandled.
  promise.catch(() => {});
  try {
    return await Promise.race([aborted, promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

/**
 * Returns whether an error means that a signal was aborted, rather than that something failed.
 *
 * @param error What was thrown.
 * @param signal The signal, if there is one.
 * @returns Whether it does.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const signal = AbortSignal.abort();
 * assertEquals([isAbort(signal.reason, signal), isAbort(new Error(), signal)], [true, false]);
 * ```
 */
export function isAbort(error: unknown, signal?: AbortSignal): boolean {
  return signal?.aborted === true && error === signal.reason;
}
