import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { withLock } from "../../../lib/engine/install/lock.ts";
import { inFolder } from "./fixtures.ts";

Deno.test("withLock() lets one caller in at a time", () =>
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

Deno.test("withLock() lets go when the work throws", () =>
  inFolder(async (folder) => {
    const path = join(folder, "lock");
    await assertRejects(() => withLock(path, () => Promise.reject(new Error("broken"))), Error);
    assertEquals(await withLock(path, () => Promise.resolve("in")), "in");
  }));
