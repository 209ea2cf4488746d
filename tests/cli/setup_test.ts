import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { locateLibtensorflow } from "../../lib/engine/install/locate.ts";
import { inFolder } from "../engine/install/fixtures.ts";
import { rightsOf } from "./task.ts";

const CLI = new URL("../../lib/cli/mod.ts", import.meta.url).pathname;

/** Deno's own cache, which `XDG_CACHE_HOME` would move too. */
const DENO_DIR: string = JSON.parse(
  new TextDecoder().decode(
    (await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output()).stdout,
  ),
).denoDir;

/** Runs the task as its own process. */
async function setup(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...rightsOf("setup"), "--no-prompt", "--quiet", CLI, "setup", ...args],
    env: { NBN_BACKEND: "", DENO_DIR, ...env },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr).trim() };
}

Deno.test("setup succeeds with a reason when neither pip nor uv is installed", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await setup([], {
      PATH: folder,
      XDG_CACHE_HOME: join(folder, "cache"),
      NBN_LIBTENSORFLOW: "",
    });
    assertEquals(code, 0);
    assertEquals(stdout, "");
    assertEquals(stderr.split("\n").length, 1);
    assertStringIncludes(stderr, "neither `python3 -m pip` nor `uv` is on this machine");
    assertStringIncludes(stderr, "Everything still runs, on a slower backend");
  }));

Deno.test("setup installs nothing when another backend is requested", () =>
  inFolder(async (folder) => {
    const cache = join(folder, "cache");
    const { code, stderr } = await setup([], { NBN_BACKEND: "wasm", XDG_CACHE_HOME: cache });
    assertEquals(code, 0);
    assertStringIncludes(stderr, "NBN_BACKEND=wasm asks for another backend");
    assertEquals(await Deno.stat(join(cache, "nbn")).catch(() => undefined), undefined);
  }));

Deno.test("setup fails in one line when NBN_LIBTENSORFLOW names a folder without the library", () =>
  inFolder(async (folder) => {
    const { code, stderr } = await setup([], { NBN_LIBTENSORFLOW: folder });
    assertEquals(code, 1);
    assertEquals(stderr.split("\n").length, 1);
    assertStringIncludes(stderr, `found none in ${folder}`);
  }));

Deno.test("setup refuses unknown flags and arguments", async () => {
  for (const args of [["--cpu"], ["cuda"], ["--device=cuda14"]]) {
    const { code, stderr } = await setup(args, {});
    assertEquals(code, 2);
    assertEquals(stderr.split("\n").length, 1);
    assertStringIncludes(stderr, "deno task setup --help lists the flags");
  }
});

Deno.test("setup --help describes the command", async () => {
  const { code, stdout } = await setup(["--help"], {});
  assertEquals(code, 0);
  assertStringIncludes(stdout, "Usage: deno task setup");
});

const installed = await locateLibtensorflow();

Deno.test({
  name: installed
    ? "setup finds what is installed and downloads nothing"
    : "setup finds what is installed (skipped: nothing is)",
  ignore: !installed,
  async fn() {
    const { code, stderr } = await setup([], {});
    assertEquals(code, 0);
    assert(/^TensorFlow( \S+)? is ready \(.+\)$/.test(stderr), stderr);
  },
});
