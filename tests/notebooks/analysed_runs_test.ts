import { assertEquals, assertRejects } from "@std/assert";
import { fileURLToPath } from "node:url";
import { DataError } from "../../lib/core/errors.ts";
import { analysedRuns, type AnalysedRunsOptions } from "../../lib/notebooks/mod.ts";
import { inFolder } from "../in_folder.ts";

const RESULTS = fileURLToPath(new URL("../../data/results", import.meta.url));
const requested = { imbalance: 100, steps: 13000, seed: 0 };

Deno.test("analysedRuns() reads the analyses in the repository", async () => {
  const found = await analysedRuns(RESULTS, requested);
  const { masking, weights } = found["cifar10-lt/ce"];
  assertEquals(masking?.rows.map(({ masked }) => masked), [
    ...["none", "rare-specific", "frequent-specific", "common"],
  ]);
  assertEquals(weights?.curve.weights.length, 64);
  // Baselines first, without networks trained on balanced data.
  assertEquals(Object.keys(found)[0], "cifar10-lt/ce");
  for (const { accuracy } of Object.values(found)) assertEquals(accuracy?.counts.at(-1), 50);
});

/** Copies a run's record and settings, with changes, to a folder. */
async function put(
  folder: string,
  name: string,
  { imbalance, ...record }: { imbalance?: number; recipe?: string; step?: number; seed?: number },
): Promise<void> {
  const source = `${RESULTS}/cifar10-lt-100-ce-seed0`;
  const read = async (file: string) => JSON.parse(await Deno.readTextFile(`${source}/${file}`));
  const write = (file: string, content: unknown) =>
    Deno.writeTextFile(`${folder}/${name}/${file}`, JSON.stringify(content));
  await Deno.mkdir(`${folder}/${name}/analysis`, { recursive: true });
  const config = await read("config.json");
  Object.assign(config.training.data, { imbalance });
  await write("config.json", config);
  await write("analysis/analysis.json", { ...await read("analysis/analysis.json"), ...record });
}

Deno.test("analysedRuns() selects by imbalance, steps and seed, and names ambiguous criteria", () =>
  inFolder(async (folder) => {
    await put(folder, "a", { recipe: "x/ce+nbn", imbalance: 100 });
    await put(folder, "b", { recipe: "x/ce", imbalance: 1 });
    await put(folder, "c", { recipe: "x/ce", imbalance: 100 });
    await put(folder, "d", { recipe: "x/ce", imbalance: 100, seed: 1 });
    await put(folder, "e", { recipe: "x/ce", imbalance: 100, step: 50 });
    await put(folder, "f", { recipe: "x/ce" }); // data as they are
    await Deno.mkdir(`${folder}/not-analysed`);
    await Deno.writeTextFile(`${folder}/table.csv`, "recipe\n");
    const names = async (options?: AnalysedRunsOptions) =>
      Object.keys(await analysedRuns(folder, options));
    assertEquals(await names(), [
      "x/ce, balanced, 13000 steps, seed 0",
      "x/ce, imbalance 100, 13000 steps, seed 0",
      "x/ce, imbalance 100, 13000 steps, seed 1",
      "x/ce, imbalance 100, 50 steps, seed 0",
      "x/ce, 13000 steps, seed 0",
      "x/ce+nbn, imbalance 100, 13000 steps, seed 0",
    ]);
    assertEquals(await names(requested), ["x/ce", "x/ce+nbn"]);
    assertEquals(await names({ imbalance: 1 }), ["x/ce, 13000 steps, seed 0"]);
    assertEquals(await names({ steps: 13000, seed: 0 }), [
      "x/ce, balanced",
      "x/ce, imbalance 100",
      "x/ce",
      "x/ce+nbn, imbalance 100",
    ]);
    // Their analyses were not copied.
    assertEquals((await analysedRuns(folder, requested))["x/ce"].masking, undefined);
  }));

Deno.test("analysedRuns() keeps runs of the same name separate", () =>
  inFolder(async (folder) => {
    for (const name of ["a", "b", "c"]) await put(folder, name, { imbalance: 100 });
    const found = Object.keys(await analysedRuns(folder, requested));
    assertEquals(found, ["cifar10-lt/ce", "cifar10-lt/ce (2)", "cifar10-lt/ce (3)"]);
  }));

Deno.test("analysedRuns() throws on an unreadable folder", async () => {
  await assertRejects(() => analysedRuns("nowhere"), DataError, "a folder of runs at nowhere");
});
