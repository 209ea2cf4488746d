/**
 * The kernel's description of the processor.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { cpuInfo } from "../../lib/core/cpu_info.ts";

/** The flags that `cpuInfo()` reads in a process with some rights. */
async function withRights(...rights: string[]): Promise<string> {
  const module = new URL("../../lib/core/cpu_info.ts", import.meta.url);
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      ...rights,
      `data:text/javascript,import { cpuInfo } from ${JSON.stringify(module.href)};
       console.log(/^(flags|Features).*$/m.exec(await cpuInfo())?.[0])`,
    ],
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

Deno.test({
  name: "cpuInfo() has the same flags with a task's rights as with all, and nothing without",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const flags = /^(flags|Features).*$/m.exec(await cpuInfo())?.[0];
    assert(flags);
    assertEquals(await withRights("--allow-read", "--allow-ffi"), flags);
    assertEquals(await withRights("--allow-read"), "undefined");
  },
});
