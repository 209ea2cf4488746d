/**
 * Injecting faults into the file system: the process is killed at some operation, or nothing reaches the disk from it
 * on, or the operation fails, as on a full disk.
 *
 * @module
 */

/**
 * What happens at the chosen operation; `kill -9` ends this process, `killed` is the same for the disk but not for the
 * process.
 */
export type Fault = "kill -9" | "killed" | "no space" | "read-only" | "removed";

/** Messages as Linux and Deno word them. */
const ERRORS: Readonly<Record<Exclude<Fault, "kill -9" | "killed">, () => Error>> = {
  "no space": () => new Error("No space left on device (os error 28)"),
  "read-only": () => new Error("Read-only file system (os error 30)"),
  "removed": () => new Deno.errors.NotFound("No such file or directory (os error 2)"),
};

/** Functions that change the disk. */
const OPERATIONS = ["mkdir", "rename", "remove", "writeTextFile", "writeFile", "open"] as const;
/** Methods of open files that do. */
const METHODS = ["write", "sync", "truncate"] as const;

/**
 * Runs a function with a fault.
 *
 * @param fault What happens.
 * @param at Operation at which it happens, from 1; one that is killed while writing has written half.
 * @param work The function; its error, if any, is returned.
 * @returns The error, and how many operations there were.
 */
export async function withFault(
  fault: Fault,
  at: number,
  work: () => Promise<unknown>,
): Promise<{ error?: unknown; operations: number }> {
  let operations = 0;
  const isKill = fault === "killed" || fault === "kill -9";
  // A folder or file that is only read is opened too, but that changes nothing.
  const isChange = (name: string, args: unknown[]) => {
    const options = args[1] as Deno.OpenOptions | undefined;
    return name !== "open" || options?.write === true || options?.append === true;
  };
  const guarded = (name: string, call: (...args: unknown[]) => Promise<unknown>) =>
    async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      if (!isChange(name, args)) return await call.apply(this, args);
      operations++;
      if (operations === at && isKill && name === "write") {
        const [bytes] = args as [Uint8Array];
        await call.call(this, bytes.subarray(0, bytes.length >> 1));
      }
      if (operations === at && fault === "kill -9") {
        Deno.kill(Deno.pid, "SIGKILL");
        // The signal may arrive a moment later.
        await new Promise(() => setTimeout(() => {}, 60_000));
      }
      if (fault === "killed" && operations >= at) throw new Error("killed");
      if (!isKill && operations === at) throw ERRORS[fault as keyof typeof ERRORS]();
      return await call.apply(this, args);
    };
  // deno-lint-ignore no-explicit-any
  const targets = [[Deno as any, OPERATIONS], [Deno.FsFile.prototype as any, METHODS]] as const;
  const restore: (() => void)[] = [];
  for (const [target, names] of targets) {
    for (const name of names) {
      const original = target[name];
      target[name] = guarded(name, original);
      restore.push(() => target[name] = original);
    }
  }
  try {
    await work();
    return { operations };
  } catch (error) {
    return { error, operations };
  } finally {
    for (const put of restore) put();
  }
}
