import { assertEquals, assertRejects } from "@std/assert";
import { BusyError, CheckpointError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import { createAtomicFile, writeAtomically } from "../../lib/core/write_atomically.ts";
import { inFolder } from "../cli/task.ts";

Deno.test("writeAtomically() writes parts of any size in sequence", () =>
  inFolder(async (folder) => {
    const random = rng(2);
    for (let round = 0; round < 10; round++) {
      const parts = Array.from({ length: random.below(8) }, () => {
        const length = [0, 1, 1000, 500_000, 1 << 20, (1 << 20) + 1, 3_000_000][random.below(7)];
        return new Uint8Array(length).fill(random.below(256));
      });
      await writeAtomically(`${folder}/file`, parts);
      const expected = new Uint8Array(await new Blob(parts).arrayBuffer());
      const found = await Deno.readFile(`${folder}/file`);
      assertEquals(found.length, expected.length);
      assertEquals(found.every((value, i) => value === expected[i]), true);
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["file"]);
    }
  }));

Deno.test("writeAtomically() throws when the folder does not exist", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => writeAtomically(`${folder}/none/file`, "text"),
      CheckpointError,
      "that the folder does not exist",
    );
  }));

Deno.test("writeAtomically() throws when the path is a folder and leaves no temporary file", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(`${folder}/there`);
    await assertRejects(
      () => writeAtomically(`${folder}/there`, "text"),
      CheckpointError,
      "that it is a folder",
    );
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["there"]);
  }));

Deno.test("createAtomicFile() keeps the previous file until the new one is complete", () =>
  inFolder(async (folder) => {
    const path = `${folder}/file`, encoder = new TextEncoder();
    await Deno.writeTextFile(path, "old");
    {
      await using file = await createAtomicFile(path);
      await file.write(encoder.encode("new "));
      assertEquals(await Deno.readTextFile(path), "old");
    }
    assertEquals(await Deno.readTextFile(path), "old");
    {
      await using file = await createAtomicFile(path);
      for (const part of ["new ", "text"]) await file.write(encoder.encode(part));
      await file.finish();
    }
    assertEquals(await Deno.readTextFile(path), "new text");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["file"]);
  }));

Deno.test("an atomic write removes what dead processes have left of the same file, and nothing else", () =>
  inFolder(async (folder) => {
    const names = () => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    for (const name of ["file.1.part", "file.2.part", "other.1.part", "file.part"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "half");
    }
    using living = await Deno.open(`${folder}/file.2.part`, { write: true });
    await living.lock(true);
    await writeAtomically(`${folder}/file`, "whole");
    assertEquals(names(), ["file", "file.2.part", "file.part", "other.1.part"]);
  }));

Deno.test("two atomic writes of one file at once: one is refused, the other whole", () =>
  inFolder(async (folder) => {
    await using file = await createAtomicFile(`${folder}/file`);
    await file.write(new TextEncoder().encode("first"));
    await assertRejects(
      () => writeAtomically(`${folder}/file`, "second"),
      BusyError,
      "written",
    );
    await file.finish();
    assertEquals(await Deno.readTextFile(`${folder}/file`), "first");
  }));
