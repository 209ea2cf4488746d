/**
 * Detecting in a worker that its supervisor has ended, even by `kill -9`.
 *
 * @module
 */

/** Environment variable by which a process knows that its standard input is a pipe from its supervisor. */
export const SUPERVISED = "NBN_SUPERVISED";

/**
 * Watches the supervisor of this process, if it has one.
 *
 * @param onGone Called when it has ended.
 */
export function onSupervisorGone(onGone: () => void): void {
  if (!Deno.env.get(SUPERVISED)) return;
  void untilClosed().then(onGone);
}

async function untilClosed(): Promise<void> {
  const buffer = new Uint8Array(1);
  try {
    // The supervisor writes nothing: reading ends with the pipe.
    while (await Deno.stdin.read(buffer) !== null);
  } catch {
    // A broken pipe means the same.
  }
}
