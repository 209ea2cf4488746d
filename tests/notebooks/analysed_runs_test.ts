import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { DataError } from "../../lib/core/errors.ts";
import { analysedRuns } from "../../lib/notebooks/mod.ts";
import { inFolder } from "../in_folder.ts";

const RESULTS = fileURLToPath(new URL("../../data/results", import.meta.url));
const CE = "cifar10-lt/ce, 13000 steps";

Deno.test("analysedRuns() reads the analyses that come with the project", async () => {
  const { masking, weights } = (await analysedRuns(RESULTS))[CE];
  assertEquals(masking?.rows.map(({ masked }) => masked), [
    ...["none", "rare-specific", "frequent-specific", "common"],
  ]);
  assertEquals(weights?.curve.weights.length, 64);
});

Deno.test("analysedRuns() tells seeds apart, and leaves out what is no analysed run", () =>
  inFolder(async (folder) => {
    const source = `${RESULTS}/cifar10-lt-100-ce-seed0/analysis`;
    const record = JSON.parse(await Deno.readTextFile(`${source}/analysis.json`));
    for (const seed of [0, 1]) {
      await Deno.mkdir(`${folder}/run${seed}/analysis`, { recursive: true });
      const text = JSON.stringify({ ...record, seed });
      await Deno.writeTextFile(`${folder}/run${seed}/analysis/analysis.json`, text);
    }
    await Deno.mkdir(`${folder}/not-analysed`);
    await Deno.writeTextFile(`${folder}/table.csv`, "recipe\n");
    const found = await analysedRuns(folder);
    assertEquals(Object.keys(found), [CE, `${CE}, seed 1`]);
    // Its parts were not copied.
    assertEquals(found[CE].masking, undefined);
  }));

Deno.test("analysedRuns() names a folder that it cannot read", async () => {
  await assertRejects(() => analysedRuns("nowhere"), DataError, "a folder of runs at nowhere");
});
