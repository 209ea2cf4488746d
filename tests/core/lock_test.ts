import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { BusyError } from "../../lib/core/errors.ts";
import { takeLock, withLock } from "../../lib/core/lock.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("withLock() admits one caller at a time", () =>
  inFolder(async (folder) => {
    const path = join(folder, "lock"), order: string[] = [];
    const inside = Promise.withResolvers<void>(), release = Promise.withResolvers<void>();
    const first = withLock(path, async () => {
      inside.resolve();
      order.push("first in");
      await release.promise;
      order.push("first out");
    });
    await inside.promise;
    const second = withLock(path, () => {
      order.push("second in");
      return Promise.resolve(2);
    }, () => {
      order.push("second waits");
      release.resolve();
    });
    await first;
    assertEquals(await second, 2);
    assertEquals(order, ["first in", "second waits", "first out", "second in"]);
  }));

Deno.test("withLock() releases the lock when the callback throws", () =>
  inFolder(async (folder) => {
    const path = join(folder, "lock");
    await assertRejects(() => withLock(path, () => Promise.reject(new Error("broken"))), Error);
    assertEquals(await withLock(path, () => Promise.resolve("in")), "in");
  }));

Deno.test("takeLock() throws with host and process id when another process holds the lock", () =>
  inFolder(async (folder) => {
    const path = join(folder, "run.lock");
    await using other = await hold(path);
    const message = `process ${other.pid} on ${Deno.hostname()}`;
    await assertRejects(() => takeLock(path, folder), BusyError, message);
    await other.end();
    assertEquals(await names(folder), []);
    await using _lock = await takeLock(path, folder);
    await assertRejects(() => takeLock(path, folder), BusyError, `process ${Deno.pid} on`);
  }));

Deno.test("takeLock() takes over the lock of a killed process", () =>
  inFolder(async (folder) => {
    const path = join(folder, "run.lock");
    const other = await hold(path);
    await assertRejects(() => takeLock(path, folder), BusyError);
    await other.kill();
    assertEquals(await names(folder), ["run.lock"]);
    {
      await using _lock = await takeLock(path, folder);
      assertEquals(JSON.parse(await Deno.readTextFile(path)).pid, Deno.pid);
    }
    assertEquals(await names(folder), []);
  }));

Deno.test("takeLock() admits one of many concurrent processes at a time", () =>
  inFolder(async (folder) => {
    const path = join(folder, "run.lock");
    let inside = 0, turns = 0;
    await Promise.all(Array.from({ length: 8 }, async () => {
      while (turns < 40) {
        try {
          await using _lock = await takeLock(path, folder);
          assertEquals(++inside, 1);
          turns++;
          await new Promise((resolve) => setTimeout(resolve));
          inside--;
        } catch (error) {
          if (!(error instanceof BusyError)) throw error;
          await new Promise((resolve) => setTimeout(resolve));
        }
      }
    }));
  }));

Deno.test("takeLock() throws when its folder is missing", () =>
  inFolder(async (folder) => {
    const path = join(folder, "none", "run.lock");
    await assertRejects(() => takeLock(path, folder), Deno.errors.NotFound);
  }));

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
}

/** A process that holds a lock. */
async function hold(path: string) {
  const script = fileURLToPath(new URL("./hold_lock.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", "--no-check", script, path],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const output = child.stdout.getReader();
  assertEquals(new TextDecoder().decode((await output.read()).value), "held\n");
  const gone = async () => {
    await output.cancel();
    await child.status;
  };
  const end = async () => {
    await child.stdin.close().catch(() => {});
    await gone();
  };
  return {
    pid: child.pid,
    end,
    async kill() {
      child.kill("SIGKILL");
      await child.stdin.abort().catch(() => {});
      await gone();
    },
    [Symbol.asyncDispose]: end,
  };
}
