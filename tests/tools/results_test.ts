/**
 * The page of results, from committed runs, small runs of its own, and the paper's tables.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { estimateMean } from "../../lib/metrics/paired_difference.ts";
import { DataError, UsageError } from "../../lib/core/errors.ts";
import { machine } from "../../lib/core/machine.ts";
import { detectionPage } from "../../tools/results/detection.ts";
import { resultsPage } from "../../tools/results/page.ts";
import { paperGain, readPaper, rowsOfRecipe } from "../../tools/results/paper.ts";
import { verdict } from "../../tools/results/verdict.ts";
import { listRecipes } from "../../lib/recipes/mod.ts";
import { sweep } from "../../lib/train/sweep.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "../train/small_images.ts";

const ROOT = new URL("../../", import.meta.url).pathname;
const PAPER = `${ROOT}data/paper.csv`;

/** Makes a data folder with the paper's tables. */
async function dataFolder(data: string): Promise<void> {
  for (const name of ["experiments", "results"]) await Deno.mkdir(`${data}/${name}`);
  await Deno.copyFile(PAPER, `${data}/paper.csv`);
}

/** Copies what the page reads of a committed run. */
async function copyRun(name: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for (const file of ["config.json", "summary.json"]) {
    await Deno.copyFile(`${ROOT}data/results/${name}/${file}`, `${to}/${file}`);
  }
}

/** Returns the cells of the rows of a page that begin with a recipe, without those of single cells. */
function rowsOf(page: string, recipe: string): string[][] {
  return page.split("\n").map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()))
    .filter(([name]) => name === `\`${recipe}\``)
    .map((cells) => cells.slice(1));
}

for (const [name, page] of Object.entries({ results: resultsPage, detection: detectionPage })) {
  Deno.test(`docs/${name}.md is what deno task results writes`, async () => {
    // Paths in the page are relative to the project's root.
    const before = Deno.cwd();
    Deno.chdir(ROOT);
    try {
      // The formatter widens columns, and breaks lines.
      const words = (text: string) => text.replaceAll(/-{2,}/g, "--").split(/\s+/);
      const written = words(await Deno.readTextFile(`docs/${name}.md`));
      const expected = words(await page("data"));
      const place = expected.findIndex((word, place) => word !== written[place]);
      const from = (all: readonly string[]) => all.slice(place, place + 20).join(" ");
      assert(place === -1, `Expected "${from(expected)}" but found "${from(written)}"`);
      assertEquals(written.length, expected.length);
    } finally {
      Deno.chdir(before);
    }
  });
}

Deno.test("README has the means over seeds of docs/results.md", async () => {
  const [readme, page] = await Promise.all(
    ["README.md", "docs/results.md"].map((file) => Deno.readTextFile(`${ROOT}${file}`)),
  );
  for (const recipe of ["ce", "ce+lr", "ce+nbn", "ce+nbn+lr"].map((name) => `builtin/${name}`)) {
    const [own] = rowsOf(readme, recipe);
    const [expected] = rowsOf(page, recipe).filter((row) => row.length === 8);
    assertEquals(own, expected.slice(0, 5), recipe);
  }
});

Deno.test("the page of detection has means over seeds, differences, and what is missing", () =>
  inFolder(async (folder) => {
    const data = `${folder}/data`;
    for (const name of ["", "/experiments"]) await Deno.mkdir(`${data}${name}`);
    await Deno.copyFile(`${ROOT}data/paper_detection.csv`, `${data}/paper_detection.csv`);
    const recipe = ["ce", "seesaw", "ce+nbn"].map((method) => `builtin-lvis/mask-rcnn+${method}`);
    await Deno.writeTextFile(`${data}/experiments/detection.json`, JSON.stringify({ recipe }));
    const write = async (recipe: string, seed: number, ap: number) => {
      const out = `${data}/results/detection/${recipe.replace("/", "-")}-seed${seed}`;
      await Deno.mkdir(out, { recursive: true });
      const scores = { ap, apRare: null, apCommon: ap / 2, apFrequent: 2 * ap };
      const run = { recipe, seed, iterations: 9, stepMs: 100, out };
      const summary = { ...run, scores: { boxes: scores, masks: scores } };
      const config = { training: { recipe }, engine: {}, versions: {}, machine: "a machine" };
      await Deno.writeTextFile(`${out}/summary.json`, JSON.stringify(summary));
      await Deno.writeTextFile(`${out}/config.json`, JSON.stringify(config));
    };
    for (const [seed, ap] of [0.2, 0.22, 0.24].entries()) {
      await write(recipe[0], seed, ap);
      await write(recipe[2], seed, ap + 0.02 + 0.001 * seed);
    }
    const page = await detectionPage(data);
    const [ce] = rowsOf(page, recipe[0]);
    assertEquals(ce.slice(0, 5), ["0 1 2", "22.0 ± 1.2", "–", "11.0 ± 0.6", "44.0 ± 2.3"]);
    assertEquals(rowsOf(page, recipe[1])[0][0], "not run yet");
    const [, gain] = rowsOf(page, recipe[2]);
    assertEquals(gain.slice(1, 3), ["3", "box AP"]);
    assertEquals(gain.slice(3), ["+2.1 [+1.9, +2.3]", "+3.6", "as in the paper"]);
  }));

Deno.test("the paper's tables have every row that a recipe reproduces", async () => {
  const paper = await readPaper(PAPER);
  for (const { name, row } of listRecipes()) {
    if (row === "–") continue;
    const imbalance = /^cifar\d+-lt/.test(name) ? 100 : /^[a-z]+\d*\//.test(name) ? 1 : undefined;
    const found = rowsOfRecipe(paper, name, imbalance).map(({ table, row }) => `${table}, ${row}`);
    assertEquals(found.sort(), row.split("; ").sort(), name);
  }
  const of = (method: string) => rowsOfRecipe(paper, `cifar10-lt/${method}`, 100);
  const { table, all, medium } = paperGain(of("ce+nbn"), of("ce"))!;
  assertEquals(table, "Table VI");
  assertAlmostEquals(all!, 2, 1e-9);
  assertAlmostEquals(medium!, 5.9, 1e-9);
  assertEquals(paperGain(of("ce+nbn-untied"), of("ce")), undefined);
  assertEquals(rowsOfRecipe(paper, "cifar10-lt/ce", 50)[0].all, 82.3);
  assertEquals(rowsOfRecipe(paper, "cifar10-lt/ce", 1)[0].all, 93.8);
});

Deno.test("readPaper() refuses tables that are none", () =>
  inFolder(async (folder) => {
    const file = `${folder}/paper.csv`;
    await assertRejects(() => readPaper(file), DataError, "Expected the paper's tables at");
    const text = await Deno.readTextFile(PAPER);
    await Deno.writeTextFile(file, text.replace("78.0", "78,0x"));
    await assertRejects(() => readPaper(file), DataError, "Expected the paper's tables at");
    await Deno.writeTextFile(file, text.replace("medium", "middle"));
    await assertRejects(() => readPaper(file), DataError, "there is no column medium");
  }));

Deno.test("verdict() says no more than an interval does", () => {
  const gain = estimateMean([1.9, 2, 2.1]),
    none = estimateMean([-0.1, 0, 0.1]),
    wide = estimateMean([-3, 0, 4]);
  assertEquals(verdict(gain, 2), "agrees");
  assertEquals(verdict(gain, -2), "opposite");
  assertEquals(verdict(none, 2), "smaller");
  assertEquals(verdict(none, -2), "smaller");
  assertEquals(verdict(wide, 2), "unknown");
  assertEquals(verdict(estimateMean([2]), 2), "unknown");
  assertEquals(verdict(gain, 80.3 - 80.3), "unknown");
  assertEquals(verdict(gain, null), "not in the paper");
});

Deno.test("resultsPage() sets committed runs beside the paper, and tells of what has not been run", () =>
  inFolder(async (data) => {
    await dataFolder(data);
    for (const recipe of ["ce", "ce+nbn+lr"]) {
      await copyRun(`cifar10-lt-100-${recipe}-seed0`, `${data}/results/own/${recipe}`);
    }
    await copyRun("cifar10-balanced-ce-seed0", `${data}/results/balanced`);
    const recipes = ["ce", "ce+nbn+lr", "ce+nbn"].map((method) => `cifar10-lt/${method}`);
    const config = JSON.stringify({ recipe: recipes, imbalance: 100 });
    await Deno.writeTextFile(`${data}/experiments/own.json`, config);
    const page = await resultsPage(data);
    const accuracy = (name: string) =>
      JSON.parse(Deno.readTextFileSync(`${data}/results/own/${name}/summary.json`)).all as number;
    const all = accuracy("ce+nbn+lr").toFixed(1);
    const [ours, gain] = rowsOf(page, "cifar10-lt/ce+nbn+lr");
    assertEquals(ours.slice(0, 2), ["0", all]);
    assertEquals(ours.slice(5, 6), ["81.5 (Table I)"]);
    const difference = (accuracy("ce+nbn+lr") - accuracy("ce")).toFixed(1);
    assertEquals(gain.slice(0, 3), ["`cifar10-lt/ce`", "1", `+${difference}`]);
    assertEquals(gain.at(-1), "unknown");
    assertEquals(rowsOf(page, "cifar10-lt/ce+nbn").map(([seeds]) => seeds), ["not run yet"]);
    const [, balanced] = rowsOf(page, "cifar10-lt/ce").filter((row) => row.length === 8);
    assertEquals(balanced.at(-3), "93.8 (Table XI)");
    assert(
      page.includes("- Of 1 pair of methods in the paper, 1 in the same order here; of the 0"),
    );
    assert(page.includes("| passes over the images | 134 | 537 |"));
    assert(!/NaN|undefined|Infinity/.test(page));
    for (const recipe of ["ce", "ce+nbn+lr"]) {
      await copyRun(`cifar10-lt-100-${recipe}-seed0`, `${data}/results/${recipe}`);
    }
    const other = "cifar10-lt, imbalance 100, 13000 steps, batch 128, bf16";
    assert((await resultsPage(data)).includes(`Of 1 pair of methods in ${other}, 1 in the same`));
  }));

Deno.test("resultsPage() shows how even the channels of analysed runs are, beside Table XVI", () =>
  inFolder(async (data) => {
    await dataFolder(data);
    const name = "cifar10-lt-100-ce+nbn-seed0", analysis = `${data}/results/one/analysis`;
    await copyRun(name, `${data}/results/one`);
    await Deno.mkdir(analysis);
    const read = async (part: string) => {
      await Deno.copyFile(
        `${ROOT}data/results/${name}/analysis/${part}.json`,
        `${analysis}/${part}.json`,
      );
      return JSON.parse(await Deno.readTextFile(`${analysis}/${part}.json`));
    };
    await read("analysis");
    const { variances } = await read("features");
    const page = await resultsPage(data);
    const [, evenness] = rowsOf(page, "cifar10-lt/ce+nbn");
    const expected = [variances.ofMeans, variances.ofDeviations].map((value) => value.toFixed(3));
    assertEquals(evenness.slice(0, 3), ["1", ...expected]);
    // Its weights and masked channels have not been copied.
    assertEquals(evenness.slice(-5), ["–", "–", "–", "–", "–"]);
    assert(page.includes("| paper, Table XVI: Ours | – | 0.028 | 0.074 |"));
    const { norms } = await read("weights");
    const [, complete] = rowsOf(await resultsPage(data), "cifar10-lt/ce+nbn");
    const { weightLength, biasLength } = norms.at(-1);
    assertEquals(complete.slice(5, 7), [weightLength.toFixed(3), biasLength.toFixed(3)]);
  }));

/** Accuracies of runs with seeds 0, 1, … */
interface MadeRuns {
  readonly recipe: string;
  readonly all: readonly number[];
  readonly medium: readonly number[];
  /** What the means of features are multiplied by. */
  readonly means: readonly number[];
}

/** Writes run folders with given accuracies and means of features, which are otherwise those of a committed run. */
async function writeRuns(folder: string, { recipe, all, medium, means }: MadeRuns): Promise<void> {
  const from = `${ROOT}data/results/cifar10-lt-100-ce-seed0`;
  const read = (name: string) => JSON.parse(Deno.readTextFileSync(`${from}/${name}.json`));
  const features = read("analysis/features");
  const { ofMeans } = features.variances;
  for (const [seed] of all.entries()) {
    const to = `${folder}/${recipe.replace("/", "-")}-seed${seed}`;
    await Deno.mkdir(`${to}/analysis`, { recursive: true });
    const write = (name: string, value: unknown) =>
      Deno.writeTextFile(`${to}/${name}.json`, JSON.stringify(value));
    const config = read("config"), named = { recipe, seed };
    await write("config", { ...config, training: { ...config.training, ...named } });
    const accuracies = { all: all[seed], medium: medium[seed] };
    await write("summary", { ...read("summary"), ...named, ...accuracies });
    await write("analysis/analysis", read("analysis/analysis"));
    const variances = { ...features.variances, ofMeans: ofMeans * means[seed] };
    await write("analysis/features", { ...features, variances });
  }
}

Deno.test("resultsPage() tells what NBN and LR gain, which variants do, and what features have to do with it", () =>
  inFolder(async (data) => {
    await dataFolder(data);
    const runs: MadeRuns[] = [
      { recipe: "ce", all: [70, 71], medium: [40, 41], means: [1, 2] },
      { recipe: "ce+nbn", all: [69, 70.2], medium: [38, 39], means: [3, 6] },
      { recipe: "ce+lr", all: [72, 73], medium: [50, 51], means: [0.5, 1] },
      { recipe: "ce+nbn+lr", all: [72, 74], medium: [52, 53], means: [0.25, 0.5] },
      { recipe: "ce+nbn-zero-bias", all: [69.5, 70.7], medium: [38.5, 39.5], means: [2.5, 5] },
    ].map((run) => ({ ...run, recipe: `cifar10-lt/${run.recipe}` }));
    const experiment = { recipe: runs.map(({ recipe }) => recipe), imbalance: 100 };
    await Deno.writeTextFile(`${data}/experiments/made.json`, JSON.stringify(experiment));
    for (const run of runs) await writeRuns(`${data}/results/made`, run);
    const page = await resultsPage(data);
    const [effects, rare] = rowsOf(page, "cifar10-lt/ce").filter(([name]) => name === "made");
    const gains = (row: readonly string[]) => row.slice(2).map((cell) => cell.split(" ")[0]);
    assertEquals(effects[1], "134");
    assertEquals(gains(effects), ["−0.9", "+2.0", "+2.5", "+0.5"]);
    assertEquals(gains(rare), ["−2.0", "+10.0", "+12.0", "+2.0"]);
    assert(effects.slice(2).every((cell) => cell.endsWith("] (2)")));
    const [paper] = rowsOf(page, "cifar10-lt/ce").filter(([name]) => name === "paper");
    assertEquals(paper.slice(1), ["537", "+2.0", "–", "+3.5", "–"]);
    const variant = rowsOf(page, "cifar10-lt/ce+nbn-zero-bias")[0];
    assertEquals(variant.slice(0, 2), ["NBN, of the weight alone, with a bias of 0", "made"]);
    assertEquals(variant[2].split(" ")[0], "−0.4");
    assertEquals(variant[3].split(" ")[0], "+0.5");
    // The ratio to the baseline is 3 in both seeds.
    const change = rowsOf(page, "cifar10-lt/ce+nbn` over `cifar10-lt/ce")[0];
    assertEquals(change.slice(0, 2), ["2", "× 3.00 [3.00, 3.00]"]);
    const line = page.split("\n").find((line) => line.startsWith("| rank correlation |"))!;
    const correlation = Number(line.split("|")[3].trim().replace("−", "-"));
    assert(correlation < -0.7 && correlation > -1, `${correlation}`);
  }));

Deno.test("resultsPage() pairs runs by seed", () =>
  inFolder(async (data) => {
    await dataFolder(data);
    const recipes = ["builtin/ce", "builtin/ce+lr"];
    await Deno.writeTextFile(`${data}/experiments/small.json`, JSON.stringify({ recipe: recipes }));
    const images = smallImages({ side: 8, max: 8, imbalance: 4 });
    const own = { data: images, iterations: 12, batch: 8, workers: 0 };
    const { results } = await sweep({
      ...own,
      recipes,
      seeds: [0, 1],
      out: `${data}/results/small`,
    });
    const [ce, lr] = recipes.map((recipe) =>
      results.filter((result) => result.recipe === recipe).map(({ all }) => all!)
    );
    const mean = (values: readonly number[]) => (values[0] + values[1]) / 2;
    const page = await resultsPage(data);
    const [accuracy, gain] = rowsOf(page, "builtin/ce+lr");
    assertEquals(accuracy[0], "0 1");
    // Of two values, the standard error is half their distance.
    const error = Math.abs(lr[0] - lr[1]) / 2;
    assertEquals(accuracy[1], `${mean(lr).toFixed(1)} ± ${error.toFixed(1)}`);
    const found = /^([+−±])([\d.]+) \[/.exec(gain[2])!;
    const difference = mean(lr) - mean(ce);
    assertEquals(found[2], Math.abs(difference).toFixed(1));
    assertEquals(found[1], difference === 0 ? "±" : difference > 0 ? "+" : "−");
    assertEquals(gain.at(-1), "not in the paper");
    assert(page.includes(`--config ${data}/experiments/small.json --seeds 0,1 --out`));
    assert(page.includes(`Trained on ${await machine()}.`));
  }));

Deno.test("resultsPage() refuses experiments and runs that it cannot read", () =>
  inFolder(async (data) => {
    await dataFolder(data);
    const file = `${data}/experiments/own.json`;
    await Deno.writeTextFile(file, JSON.stringify({ recipes: ["builtin/ce"] }));
    await assertRejects(() => resultsPage(data), UsageError, 'found "recipes"');
    await Deno.remove(file);
    await copyRun("cifar10-lt-100-ce-seed0", `${data}/results/one`);
    await copyRun("cifar10-lt-100-ce-seed0", `${data}/results/two`);
    await assertRejects(
      () => resultsPage(data),
      UsageError,
      `Expected one run of cifar10-lt/ce with seed 0 but found ${data}/results/one and`,
    );
    await Deno.remove(`${data}/results/two`, { recursive: true });
    await Deno.writeTextFile(file, JSON.stringify({ recipe: ["cifar10-lt/ce"] }));
    await copyRun("cifar10-lt-100-ce-seed0", `${data}/results/own/long-tailed`);
    await copyRun("cifar10-balanced-ce-seed0", `${data}/results/own/balanced`);
    await assertRejects(() => resultsPage(data), UsageError, "to have the same settings but found");
    await Deno.remove(`${data}/results/own`, { recursive: true });
    await Deno.writeTextFile(`${data}/results/one/summary.json`, "{}");
    await assertRejects(() => resultsPage(data), DataError, "to be the summary of a run");
  }));
