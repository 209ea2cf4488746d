import { assertEquals, assertRejects } from "@std/assert";
import { CheckpointError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import { writeWhole } from "../../lib/train/write_whole.ts";
import { inFolder } from "../cli/task.ts";

Deno.test("writeWhole() writes parts of any size one after another", () =>
  inFolder(async (folder) => {
    const random = rng(2);
    for (let round = 0; round < 10; round++) {
      const parts = Array.from({ length: random.below(8) }, () => {
        const length = [0, 1, 1000, 500_000, 1 << 20, (1 << 20) + 1, 3_000_000][random.below(7)];
        return new Uint8Array(length).fill(random.below(256));
      });
      await writeWhole(`${folder}/file`, parts);
      const expected = new Uint8Array(await new Blob(parts).arrayBuffer());
      const found = await Deno.readFile(`${folder}/file`);
      assertEquals(found.length, expected.length);
      assertEquals(found.every((value, i) => value === expected[i]), true);
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["file"]);
    }
  }));

Deno.test("writeWhole() names a folder that does not exist", () =>
  inFolder(async (folder) => {
    await assertRejects(
      () => writeWhole(`${folder}/none/file`, "text"),
      CheckpointError,
      "that the folder does not exist",
    );
  }));
