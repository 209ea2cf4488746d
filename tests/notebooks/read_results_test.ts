import { assert, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import { readResults } from "../../lib/notebooks/mod.ts";
import { inFolder } from "../in_folder.ts";

Deno.test("readResults() reads the table in the repository", async () => {
  const path = new URL("../../data/results/cifar10-lt.csv", import.meta.url).pathname;
  const rows = await readResults(path);
  assert(rows.length > 0);
  for (const { recipe, all, tail } of rows) {
    assert(typeof recipe === "string" && typeof all === "number");
    assertEquals(tail, null); // the smallest class has 50 images
  }
});

Deno.test("readResults() throws on a missing or invalid file", () =>
  inFolder(async (folder) => {
    await assertRejects(() => readResults(`${folder}/x.csv`), DataError, "x.csv but could not");
    await Deno.writeTextFile(`${folder}/y.csv`, "a,b\n1\n");
    await assertRejects(() => readResults(`${folder}/y.csv`), DataError, "y.csv but could not");
  }));
