/**
 * The files that readers of a path are given, at little cost: the same content and errors, without the disk.
 *
 * @module
 */

/** Files written so far, still open. */
const written = new Map<string, Deno.FsFile>();

/**
 * Gives a file its content. It is overwritten in place, because ext4 sends a file to the disk that was emptied first.
 *
 * @param path The file, in a folder that exists.
 * @param bytes Its content.
 */
export function put(path: string, bytes: Uint8Array): void {
  let file = written.get(path);
  if (!file) written.set(path, file = Deno.openSync(path, { write: true, create: true }));
  file.seekSync(0, Deno.SeekMode.Start);
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  file.truncateSync(bytes.length);
}

/**
 * Replaces Deno's asynchronous file operations by their synchronous counterparts, which need no other thread, and
 * leaves out syncing, which is of use only after a power failure.
 */
export function withoutWaiting(): void {
  Object.assign(Deno, {
    mkdir: soon(Deno.mkdirSync),
    open: soon(Deno.openSync),
    readFile: soon(Deno.readFileSync),
    readTextFile: soon(Deno.readTextFileSync),
    remove: soon(Deno.removeSync),
    stat: soon(Deno.statSync),
  });
  Object.assign(Deno.FsFile.prototype, {
    read: soon(Deno.FsFile.prototype.readSync),
    write: soon(Deno.FsFile.prototype.writeSync),
    stat: soon(Deno.FsFile.prototype.statSync),
    sync: () => Promise.resolve(),
  });
}

/** The function, with its result or error in a promise. */
function soon<This, Given extends unknown[], Result>(
  now: (this: This, ...given: Given) => Result,
): (this: This, ...given: Given) => Promise<Result> {
  return function (...given) {
    return new Promise((resolve) => resolve(now.apply(this, given)));
  };
}
