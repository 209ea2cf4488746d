/**
 * Searching for plugins, in a cache folder and a `python3` that the tests make up.
 *
 * @module
 */
import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { dirname, join } from "node:path";
import { EngineError } from "../../../lib/core/errors.ts";
import { pluginBuild, type PluginName } from "../../../lib/engine/install/plugins.ts";
import { loadLibraries } from "../../../lib/engine/pjrt/load_libraries.ts";
import { PLUGIN, testWithPlugin } from "./plugin.ts";
import { printed } from "../child.ts";
import { inFolder } from "../../in_folder.ts";

const IS_SUPPORTED = pluginBuild("cuda13") !== undefined;

/** What `openAccelerator()` says in a folder with a cache and a `python3` that notes its calls. */
async function opened(folder: string, kind: string): Promise<{ said: string; calls: number }> {
  const python = join(folder, "bin/python3"), calls = join(folder, "calls");
  await Deno.mkdir(dirname(python), { recursive: true });
  await Deno.writeTextFile(python, `#!/bin/sh\necho called >> ${calls}\necho '[]'\n`, {
    mode: 0o755,
  });
  const { said } = await printed(
    "pjrt/open_accelerator.ts",
    "openAccelerator",
    `(await openAccelerator({ kind: "${kind}", indices: [0] }, console.log))?.client.platform`,
    // Without its own folder, Deno would use the empty cache, too.
    {
      XDG_CACHE_HOME: folder,
      DENO_DIR: join(folder, "deno"),
      PATH: `${dirname(python)}:${Deno.env.get("PATH")}`,
    },
  );
  const noted = await Deno.readTextFile(calls).catch(() => "");
  return { said, calls: noted.split("\n").length - 1 };
}

/** Puts a library, or else a file that is none, in the place of a plugin. */
async function putPlugin(cache: string, name: PluginName, plugin?: string): Promise<void> {
  const { folder, library } = pluginBuild(name)!;
  const path = join(cache, "nbn", folder, library);
  await Deno.mkdir(dirname(path), { recursive: true });
  if (plugin) await Deno.symlink(plugin, path);
  else await Deno.writeTextFile(path, "no library");
}

/** Registers a test in an empty folder. */
function testInFolder(name: string, run: (folder: string) => Promise<void>): void {
  Deno.test({
    name: IS_SUPPORTED ? name : `${name} (skipped: plugins are for Linux x86-64)`,
    ignore: !IS_SUPPORTED,
    fn: () => inFolder(run),
  });
}

testInFolder(
  "without a plugin, the error tells how to install one; auto asks nobody",
  async (folder) => {
    const asked = await opened(folder, "gpu");
    assertEquals(
      asked.said,
      "EngineError: Expected a plugin for gpu but found none: " +
        "`deno task setup --device cuda13|cuda12|rocm|oneapi` installs one, " +
        "or NBN_PJRT_PLUGIN names its shared library",
    );
    assertEquals(asked.calls, 4);
    assertEquals(await opened(folder, "auto"), { said: "undefined", calls: 4 });
  },
);

testInFolder("every plugin that does not work is named, and why", async (folder) => {
  await putPlugin(folder, "cuda13");
  await putPlugin(folder, "rocm");
  const { said, calls } = await opened(folder, "auto");
  assertMatch(
    said,
    /^EngineError: Expected an accelerator but found none \(cuda13: Expected .*; rocm: Expected a PJRT plugin in /,
  );
  assertEquals([said.split("\n").length, calls], [1, 0]);
});

testWithPlugin(
  "the first plugin that works is taken, and a note tells why not the others",
  () =>
    inFolder(async (folder) => {
      await putPlugin(folder, "rocm");
      await putPlugin(folder, "tpu", PLUGIN);
      const { said, calls } = await opened(folder, "auto");
      const [note, platform] = said.split("\n");
      assertMatch(note, /^Another plugin does not work: rocm: Expected a PJRT plugin in /);
      assertEquals([platform, calls], ["cpu", 0]);
    }),
);

Deno.test("loadLibraries() names the libraries that are missing, and the driver", () => {
  const location = { library: "plugin.so", source: "a test" };
  loadLibraries({ ...location, loads: ["/nowhere/libc.so.6"] }, "cuda13");
  const loads = ["/nowhere/libnbn_one.so.1", "/nowhere/libnbn_two.so.2"];
  const driver = { library: "libnbn_driver.so.3", name: "the driver 3 or later" };
  const expected = "Expected the libraries that the plugin loads but found no ";
  for (
    const [found, message] of [
      [
        { loads },
        "libnbn_one.so.1, libnbn_two.so.2: `deno task setup --device cuda13` installs them",
      ],
      [{ loads: [], driver }, "libnbn_driver.so.3 (the driver 3 or later): install the driver"],
      [
        { loads: [loads[0]], driver },
        "libnbn_driver.so.3 (the driver 3 or later), libnbn_one.so.1: install the driver, " +
        "`deno task setup --device cuda13` installs the others",
      ],
    ] as const
  ) {
    const error = assertThrows(
      () => loadLibraries({ ...location, ...found }, "cuda13"),
      EngineError,
    );
    assertEquals(error.message, expected + message);
  }
});
