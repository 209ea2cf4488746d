/**
 * A process that holds a lock until its input ends.
 *
 * @module
 */
import { takeLock } from "../../lib/core/lock.ts";

const [path] = Deno.args;
await using _lock = await takeLock(path, path);
console.log("held");
for await (const _ of Deno.stdin.readable);
