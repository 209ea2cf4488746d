/**
 * Letting one process at a time install.
 *
 * @module
 */

/**
 * Runs something while holding a lock that the system lets go of even when the process is killed.
 *
 * @param path File that carries the lock; made where missing, and left.
 * @param work What to do meanwhile.
 * @param onWait Called once if another process holds the lock.
 * @returns What the work returns.
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait?: () => void,
): Promise<T> {
  using file = await Deno.open(path, { create: true, write: true });
  if (!await file.tryLock(true)) {
    onWait?.();
    await file.lock(true);
  }
  try {
    return await work();
  } finally {
    await file.unlock();
  }
}
