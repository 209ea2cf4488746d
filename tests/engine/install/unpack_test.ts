import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { InstallError } from "../../../lib/engine/install/install_error.ts";
import { unpack } from "../../../lib/engine/install/unpack.ts";
import { inFolder, LIBRARY_BYTES } from "./fixtures.ts";
import { zip } from "./zip.ts";

const ALL = { keep: () => true };

async function names(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
}

Deno.test("unpack() writes the files asked for, and only those", () =>
  inFolder(async (folder) => {
    const archive = join(folder, "a.zip"), target = join(folder, "out");
    await Deno.writeFile(archive, zip({ "a/big.so": LIBRARY_BYTES, "a/b.txt": "b", "c.txt": "c" }));
    const seen: [number, number][] = [];
    const written = await unpack(archive, target, {
      keep: (name) => name.startsWith("a/"),
      onProgress: (done, total) => seen.push([done, total]),
    });
    assertEquals(written, ["a/big.so", "a/b.txt"]);
    assertEquals(await names(target), ["a"]);
    assertEquals(await names(join(target, "a")), ["b.txt", "big.so"]);
    assertEquals(await Deno.readFile(join(target, "a/big.so")), LIBRARY_BYTES);
    assertEquals(seen.at(-1), [LIBRARY_BYTES.length + 1, LIBRARY_BYTES.length + 1]);
  }));

Deno.test("unpack() places a wheel's data files in the root, as pip does", () =>
  inFolder(async (folder) => {
    const archive = join(folder, "a.zip"), target = join(folder, "out");
    const files = { "a-1.data/data/lib/x.so": "x", "a-1.data/scripts/run": "y", "a/z.py": "z" };
    await Deno.writeFile(archive, zip(files));
    const written = await unpack(archive, target, { keep: (name) => name.startsWith("lib/") });
    assertEquals(written, ["lib/x.so"]);
    assertEquals(await Deno.readTextFile(join(target, "lib/x.so")), "x");
  }));

Deno.test("unpack() throws on an archive cut short, wherever it is cut", () =>
  inFolder(async (folder) => {
    const archive = join(folder, "a.zip");
    const whole = zip({ "a.so": LIBRARY_BYTES, "b.so": LIBRARY_BYTES });
    for (const length of [0, 10, whole.length >> 1, whole.length - 1]) {
      await Deno.writeFile(archive, whole.subarray(0, length));
      await assertRejects(
        () => unpack(archive, join(folder, "out"), ALL),
        InstallError,
        "Expected to unpack a.zip into",
      );
    }
  }));

Deno.test("unpack() throws on an archive with damaged contents", () =>
  inFolder(async (folder) => {
    const archive = join(folder, "a.zip");
    const whole = zip({ "a.so": LIBRARY_BYTES });
    whole.fill(0xff, 60, 90);
    await Deno.writeFile(archive, whole);
    await assertRejects(() => unpack(archive, join(folder, "out"), ALL), InstallError);
  }));

Deno.test("unpack() throws on names that lead out of the folder", () =>
  inFolder(async (folder) => {
    const archive = join(folder, "a.zip");
    for (const name of ["../outside.so", "/outside.so"]) {
      await Deno.writeFile(archive, zip({ [name]: "x" }));
      await assertRejects(() => unpack(archive, join(folder, "out"), ALL), InstallError);
    }
    assertEquals(await names(folder), ["a.zip"]);
  }));

Deno.test("unpack() throws where there is no archive", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => unpack(join(folder, "none.zip"), join(folder, "out"), ALL),
      InstallError,
      "none.zip",
    );
  }));
