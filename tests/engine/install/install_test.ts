import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { findDownloader } from "../../../lib/engine/install/downloader.ts";
import { installBuild, type InstallProgress } from "../../../lib/engine/install/install.ts";
import { InstallError, UnavailableError } from "../../../lib/engine/install/install_error.ts";
import { libraryFiles } from "../../../lib/engine/install/library_files.ts";
import { inFolder, LIBRARY_BYTES, PIP_PRESENT, tinyBuild } from "./fixtures.ts";

/** A test with an empty cache, and pip looking at the folder `wheels` instead of an index. */
function testWithPip(name: string, work: (folder: string) => Promise<void>): void {
  Deno.test({
    name: PIP_PRESENT ? name : `${name} (skipped: no pip here)`,
    ignore: !PIP_PRESENT,
    fn: () =>
      inFolder(work, (folder) => ({
        XDG_CACHE_HOME: join(folder, "cache"),
        PIP_NO_INDEX: "1",
        PIP_FIND_LINKS: join(folder, "wheels"),
      })),
  });
}

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

testWithPip(
  "installBuild() fetches the wheel and leaves the two libraries only",
  async (folder) => {
    const build = await tinyBuild(join(folder, "wheels"));
    const seen: InstallProgress[] = [];
    const pip = (await findDownloader())!;
    const found = await installBuild(build, pip, (progress) => seen.push(progress));
    const libraries = join(found, "tensorflow");
    const cache = join(folder, "cache/nbn");
    assertEquals(libraries, join(cache, "libtensorflow-test/tensorflow"));
    assertEquals(await names(libraries), [...libraryFiles()].sort());
    for (const file of libraryFiles()) {
      assertEquals(await Deno.readFile(join(libraries, file)), LIBRARY_BYTES);
    }
    assertEquals(await names(cache), ["libtensorflow-test", "libtensorflow-test.lock"]);
    assert(seen.every(({ done, total }) => done <= total));
    assertEquals(seen.at(-1)?.activity, "Unpacking tensorflow-cpu 2.21.0");
  },
);

testWithPip("installBuild() does not fetch what is installed", async (folder) => {
  const build = await tinyBuild(join(folder, "wheels"));
  const pip = (await findDownloader())!;
  await installBuild(build, pip);
  await Deno.remove(join(folder, "wheels"), { recursive: true });
  await installBuild(build, pip);
});

testWithPip("installBuild() works from several calls at once", async (folder) => {
  const build = await tinyBuild(join(folder, "wheels"));
  const pip = (await findDownloader())!;
  let waited = 0;
  const calls = [1, 2, 3].map(() => installBuild(build, pip, undefined, () => waited++));
  assertEquals(new Set(await Promise.all(calls)).size, 1);
  assertEquals(waited, 2);
});

testWithPip(
  "installBuild() refuses a wheel with another hash and keeps nothing of it",
  async (folder) => {
    const build = await tinyBuild(join(folder, "wheels"), "0".repeat(64));
    const error = await assertRejects(
      async () => await installBuild(build, (await findDownloader())!),
      InstallError,
      "to have the SHA-256 " + "0".repeat(64),
    );
    assertStringIncludes(error.message, "try again");
    const cache = join(folder, "cache/nbn");
    assertEquals(await names(cache), ["libtensorflow-test.lock", "libtensorflow-test.partial"]);
    assertEquals(await names(join(cache, "libtensorflow-test.partial")), []);
  },
);

testWithPip(
  "installBuild() resumes from a wheel that an interrupted call left whole",
  async (folder) => {
    const build = await tinyBuild(join(folder, "elsewhere"));
    const staging = join(folder, "cache/nbn/libtensorflow-test.partial");
    await Deno.mkdir(join(staging, "contents/tensorflow"), { recursive: true });
    await Deno.writeTextFile(join(staging, "contents/tensorflow/junk"), "half-made");
    for (const name of await names(join(folder, "elsewhere"))) {
      await Deno.rename(
        join(folder, "elsewhere", name),
        join(staging, "tensorflow-cpu-2.21.0.whl"),
      );
    }
    const found = await installBuild(build, (await findDownloader())!);
    assertEquals(await names(join(found, "tensorflow")), [...libraryFiles()].sort());
  },
);

testWithPip(
  "installBuild() fetches again what an interrupted call left half-made",
  async (folder) => {
    const build = await tinyBuild(join(folder, "wheels"));
    const cache = join(folder, "cache/nbn");
    const staging = join(cache, "libtensorflow-test.partial");
    await Deno.mkdir(join(staging, "tensorflow-cpu/tmp/pip-unpack"), { recursive: true });
    await Deno.writeTextFile(join(staging, "tensorflow-cpu/tmp/pip-unpack/x.whl"), "half");
    await Deno.writeTextFile(join(staging, "tensorflow-cpu-2.21.0.whl"), "half");
    await Deno.mkdir(join(cache, "libtensorflow-test/tensorflow"), { recursive: true });
    await installBuild(build, (await findDownloader())!);
    assertEquals(await names(cache), ["libtensorflow-test", "libtensorflow-test.lock"]);
  },
);

testWithPip("installBuild() tells what pip said if the wheel cannot be fetched", async (folder) => {
  const build = await tinyBuild(join(folder, "elsewhere"));
  await assertRejects(
    async () => await installBuild(build, (await findDownloader())!),
    UnavailableError,
    "pip could not fetch tensorflow-cpu 2.21.0: ERROR: ",
  );
});

Deno.test("installBuild() names a cache folder that cannot be written to", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "file"), "");
    const build = await tinyBuild(join(folder, "wheels"));
    await assertRejects(
      () => installBuild(build, { name: "pip", fetch: () => Promise.reject(new Error("unused")) }),
      UnavailableError,
      "XDG_CACHE_HOME can name another",
    );
  }, (folder) => ({ XDG_CACHE_HOME: join(folder, "file") })));
