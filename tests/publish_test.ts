/**
 * The package as `deno publish` ships it.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { inFolder } from "./in_folder.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

async function deno(cwd: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd,
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** `deno task check` checks the types. */
const dryRun = await deno(ROOT, "publish", "--dry-run", "--allow-dirty", "--no-check");

const FILES = [...dryRun.stderr.matchAll(/^ +(file:\S+) \(/gm)]
  .map(([, url]) => fileURLToPath(url).slice(ROOT.length));

Deno.test("deno publish can analyse every import and finds no slow types", () => {
  assertEquals(dryRun.code, 0, dryRun.stderr);
  assertEquals(dryRun.stderr.match(/^(warning|error).*/gm), null);
});

Deno.test("deno publish ships only the library", () => {
  const others = ["CHANGELOG.md", "LICENSE", "README.md", "deno.json", "mod.ts"];
  assertEquals(FILES.filter((path) => !path.startsWith("lib/")).sort(), others);
  assert(FILES.includes("lib/data/batches/worker.ts"));
});

Deno.test("the published files train from another folder, without the clone's configuration", () =>
  inFolder(async (folder) => {
    for (const path of FILES) {
      await Deno.mkdir(dirname(`${folder}/package/${path}`), { recursive: true });
      await Deno.copyFile(`${ROOT}${path}`, `${folder}/package/${path}`);
    }
    await Deno.mkdir(`${folder}/elsewhere`);
    const nbn = (...args: string[]) =>
      deno(
        `${folder}/elsewhere`,
        ...["run", "-A", "--quiet", "--no-config", "../package/lib/cli/mod.ts", ...args],
      );
    const trained = await nbn(
      ...["train", "--recipe", "builtin/ce", "--iterations", "2", "--batch", "4", "--out", "run"],
    );
    assertEquals(trained.code, 0, trained.stderr);
    assertMatch(trained.stdout, /^builtin\/ce /m);
    assertStringIncludes(await Deno.readTextFile(`${folder}/elsewhere/run/metrics.csv`), "loss");
    const notebooks = await nbn("notebooks", "--run");
    assertEquals(notebooks.code, 2);
    assertMatch(notebooks.stderr, /^Expected a clone of the project.*\n$/);
  }));
