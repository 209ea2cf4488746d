import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { estimateMean } from "../../lib/metrics/paired_difference.ts";
import {
  type ExperimentRun,
  readExperiment,
  seedGain,
  seedGainSentence,
  seedRows,
} from "../../lib/notebooks/mod.ts";
import { inFolder } from "../in_folder.ts";

const RESULTS = new URL("../../data/results/", import.meta.url).pathname;

/** Copies committed runs of the photographs into a folder, as a sweep would write them. */
async function copyRuns(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await Deno.mkdir(`${folder}/${name}/analysis`, { recursive: true });
    for (
      const file of [
        "config.json",
        "summary.json",
        "analysis/analysis.json",
        "analysis/features.json",
      ]
    ) {
      await Deno.copyFile(`${RESULTS}${name}/${file}`, `${folder}/${name}/${file}`);
    }
  }
}

Deno.test("readExperiment() reads finished runs with their analyses, and the gains follow from them", () =>
  inFolder(async (folder) => {
    const names = ["ce+nbn", "ce"].map((method) => `cifar10-lt-100-${method}-seed0`);
    await copyRuns(folder, names);
    await Deno.mkdir(`${folder}/unfinished`);
    await Deno.copyFile(`${RESULTS}${names[0]}/config.json`, `${folder}/unfinished/config.json`);
    const runs = await readExperiment(folder);
    assertEquals(runs.map(({ recipe }) => recipe), ["cifar10-lt/ce", "cifar10-lt/ce+nbn"]);
    const [ce, nbn] = runs.map(({ summary }) => summary.all!);
    const compared = { recipe: "cifar10-lt/ce+nbn", baseline: "cifar10-lt/ce" };
    const gain = seedGain(runs, ({ summary }) => summary.all, compared);
    assertEquals([gain?.mean, gain?.interval], [nbn - ce, null]);
    assertEquals(seedGain(runs, () => undefined, compared), null);
    const of = ({ analysis }: ExperimentRun) => analysis?.features?.variances.ofMeans;
    const [row] = seedRows(runs, { means: of, nothing: () => null }, 3);
    assertEquals(row.means, of(runs[0])!.toFixed(3));
    assertEquals([row.seeds, row.nothing], [1, "–"]);
    const wrong = { All: "all" } as unknown as Parameters<typeof seedRows>[1];
    assertThrows(() => seedRows(runs, wrong), TypeError, "column All to be a function of a run");
    await assertRejects(
      () => readExperiment(`${folder}/none`),
      UsageError,
      "Expected a run folder",
    );
  }));

Deno.test("seedGainSentence() says no more than an interval does", () => {
  const text = (values: readonly number[]) => seedGainSentence("LR", estimateMean(values)).text;
  assertEquals(text([2, 2.1, 2.2]).endsWith("over 3 seeds: higher."), true);
  assertEquals(text([-2, 2]).endsWith("no difference that these seeds could show."), true);
  assertEquals(text([2]), "LR: +2.0 with one seed, which decides nothing.");
  assertEquals(seedGainSentence("LR", null).text, "LR: no runs with a common seed.");
});
