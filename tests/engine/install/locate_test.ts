import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { EngineError } from "../../../lib/core/errors.ts";
import { cacheFolder } from "../../../lib/engine/install/cache.ts";
import { libraryFiles } from "../../../lib/engine/install/library_files.ts";
import { locateLibtensorflow } from "../../../lib/engine/install/locate.ts";
import { libraryBuild, TENSORFLOW_VERSION } from "../../../lib/engine/install/platform.ts";
import { runProgram } from "../../../lib/engine/install/python.ts";
import { loadLibrary } from "../../../lib/engine/tensorflow/library.ts";
import { inFolder } from "./fixtures.ts";

const PYTHON_PRESENT = (await runProgram("python3", ["--version"]))?.success ?? false;
const installed = await locateLibtensorflow();

async function writeLibraries(folder: string): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const file of libraryFiles()) await Deno.writeTextFile(join(folder, file), "library");
}

/** A `tensorflow` that Python finds, with the metadata of a release. */
async function writePythonPackage(folder: string, version: string): Promise<void> {
  await writeLibraries(join(folder, "tensorflow"));
  await Deno.writeTextFile(join(folder, "tensorflow/__init__.py"), "raise ImportError('slow')");
  const info = join(folder, `tensorflow-${version}.dist-info`);
  await Deno.mkdir(info);
  await Deno.writeTextFile(join(info, "METADATA"), `Name: tensorflow\nVersion: ${version}\n`);
}

Deno.test("cacheFolder() follows the XDG rules", () => {
  assertEquals(cacheFolder({ XDG_CACHE_HOME: "/x", HOME: "/home/a" }), "/x/nbn");
  assertEquals(cacheFolder({ HOME: "/home/a" }), "/home/a/.cache/nbn");
  assertEquals(
    cacheFolder({ XDG_CACHE_HOME: "not/absolute", HOME: "/home/a" }),
    "/home/a/.cache/nbn",
  );
  assertEquals(cacheFolder({ XDG_CACHE_HOME: "", HOME: "/home/a" }), "/home/a/.cache/nbn");
});

Deno.test("locateLibtensorflow() takes the folder that NBN_LIBTENSORFLOW names first", () =>
  inFolder(async (folder) => {
    await writeLibraries(folder);
    assertEquals(await locateLibtensorflow(), { folder, source: "NBN_LIBTENSORFLOW" });
  }, (folder) => ({ NBN_LIBTENSORFLOW: folder })));

Deno.test("locateLibtensorflow() throws if NBN_LIBTENSORFLOW names a folder without the library", () =>
  inFolder(async (folder) => {
    await assertRejects(
      locateLibtensorflow,
      EngineError,
      `Expected NBN_LIBTENSORFLOW to name a folder with ${libraryFiles().join(" and ")}`,
    );
    await Deno.writeTextFile(join(folder, libraryFiles()[0]), "library");
    await Deno.writeTextFile(join(folder, libraryFiles()[1]), "");
    await assertRejects(locateLibtensorflow, EngineError, `with ${libraryFiles()[1]} but`);
  }, (folder) => ({ NBN_LIBTENSORFLOW: folder })));

Deno.test({
  name: "locateLibtensorflow() finds Python's tensorflow without importing it",
  ignore: !PYTHON_PRESENT,
  fn: () =>
    inFolder(async (folder) => {
      await writePythonPackage(folder, TENSORFLOW_VERSION);
      assertEquals(await locateLibtensorflow(), {
        folder: join(folder, "tensorflow"),
        source: "Python's tensorflow",
        version: TENSORFLOW_VERSION,
      });
    }, (folder) => ({
      NBN_LIBTENSORFLOW: "",
      XDG_CACHE_HOME: join(folder, "cache"),
      PYTHONPATH: folder,
    })),
});

Deno.test({
  name: "locateLibtensorflow() leaves alone another release of Python's tensorflow",
  ignore: !PYTHON_PRESENT,
  fn: () =>
    inFolder(async (folder) => {
      await writePythonPackage(folder, "2.9.0");
      assertEquals(await locateLibtensorflow(), undefined);
    }, (folder) => ({
      NBN_LIBTENSORFLOW: "",
      XDG_CACHE_HOME: join(folder, "cache"),
      PYTHONPATH: folder,
    })),
});

Deno.test({
  name: installed
    ? "the library that locateLibtensorflow() finds loads and tells its version"
    : "the library that locateLibtensorflow() finds loads (skipped: none on this machine)",
  ignore: !installed,
  fn() {
    const { version } = loadLibrary(installed!.folder);
    assert(/^\d+\.\d+\.\d+/.test(version));
    if (installed!.version) assertEquals(version, installed!.version);
  },
});

Deno.test({
  name: "locateLibtensorflow() refuses a cache that every user may change",
  ignore: Deno.build.os === "windows",
  fn: () =>
    inFolder(async (folder) => {
      const build = join(folder, "nbn", libraryBuild()!.folder);
      await writeLibraries(join(build, "tensorflow"));
      assertEquals((await locateLibtensorflow())?.source, "the cache");
      const places = [join(folder, "nbn"), build, join(build, "tensorflow", libraryFiles()[1])];
      for (const place of places) {
        const { mode } = await Deno.stat(place);
        await Deno.chmod(place, mode! | 0o002);
        await assertRejects(locateLibtensorflow, EngineError, `can write to ${place}`);
        await Deno.chmod(place, mode!);
      }
    }, (folder) => ({ XDG_CACHE_HOME: folder })),
});
