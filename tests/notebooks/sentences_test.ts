import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  accuracyRows,
  byRun,
  comparisonSentence,
  errorMessageOf,
  evennessRows,
  evennessSentence,
  gainSentence,
  maskingSentences,
  patternSentence,
  readResults,
  tradeSentence,
} from "../../lib/notebooks/mod.ts";
import { DataError } from "../../lib/core/errors.ts";
import type { MaskedGroup } from "../../lib/analysis/mod.ts";
import { inFolder } from "../in_folder.ts";

const classes = { rareGroup: "medium", frequentGroup: "head" } as const;

function masked(name: MaskedGroup["masked"], medium: number, head: number, channels = 3) {
  const drop = { all: 0, head, medium, tail: null };
  return { masked: name, channels, all: 50, head: 50, medium: 50, tail: null, drop };
}

Deno.test("maskingSentences() states whether groups behave as named", () => {
  const verdict = (row: MaskedGroup) => maskingSentences([row], classes)[0].text.split(": ").at(-1);
  const yes = "what the name says.";
  const no = "not what the name says. This network does not show it.";
  assertEquals(verdict(masked("rare-specific", 39.8, -0.5)), yes);
  assertEquals(verdict(masked("rare-specific", 1, 1)), no);
  assertEquals(verdict(masked("frequent-specific", -7, 15.2)), yes);
  assertEquals(verdict(masked("frequent-specific", 16, 15.2)), no);
  assertEquals(verdict(masked("common", 6.8, 7.4)), yes);
  assertEquals(verdict(masked("common", 6.8, -0.1)), no);
  const rows = [masked("none", 0, 0), masked("rare-specific", 0, 0, 0), masked("common", -7, 2)];
  assertEquals(maskingSentences(rows, classes).map(({ text }) => text), [
    "There are no rare-specific channels at these thresholds, so nothing was masked.",
    `Without the 3 common channels rare classes gain 7.0 points and frequent ones lose 2.0: ${no}`,
  ]);
  assertStringIncludes(maskingSentences(rows, classes)[1].markdown, "gain **7.0** points");
});

Deno.test("patternSentence() distinguishes one, several and fixed magnitudes, and whether A prevails", () => {
  const sign = (layer: number, vector: string, patternA: number) => ({
    path: `block${layer}/bn2/${vector}`,
    patternA,
    patternB: 1 - patternA,
    recent: [],
  });
  const history = (ends: readonly number[], u: number) => ({
    step: [1, 2],
    window: 1,
    magnitudes: ends.map((end, i) => ({ path: `g${i}`, values: [1, end] })),
    signs: [1, 2].flatMap((
      layer,
    ) => [sign(layer, "weight", 0.5 + layer / 8), sign(layer, "bias", u)]),
  });
  const says = "The paper says that it always does; this training does not show it.";
  assertEquals(
    patternSentence(history([4.527], 0.45)).text,
    "g went from 1.00 to 4.53. ĝ was below 0 in 62.5 to 75.0 % of the steps for v and in 45.0 to 45.0 % for u: " +
      `pattern A prevails in 2 of 2 layers for v and in 0 of 2 for u. ${says}`,
  );
  const several = patternSentence(history([2, 3], 0.75)).text;
  assertStringIncludes(several, "The 2 magnitudes end between 2.00 and 3.00. ĝ was");
  assertStringIncludes(several, "in 2 of 2 for u, as the paper says.");
  assertEquals(patternSentence(history([], 0.75)).text.startsWith("ĝ was below 0"), true);
});

Deno.test("gainSentence() and tradeSentence() skip groups without classes and differences within noise", () => {
  const gain = { all: 0.84, head: -7.46, medium: 7.7, tail: null };
  assertEquals(gainSentence(gain).markdown, "All **+0.8**, Head **−7.5**, Medium **+7.7**");
  const noise = { all: 0, head: -2, medium: 2, tail: -5 };
  assertEquals(
    tradeSentence({ cRT: gain, LWS: noise }).text,
    'More than 2 points for Medium or Tail: "cRT". More than 2 points from the Head: "cRT".',
  );
  assertStringIncludes(tradeSentence({ LWS: noise }).text, "from the Head: none.");
});

Deno.test("accuracyRows() include the mean over classes when it differs from the accuracy over images", () => {
  const ce = { all: 50, mean: 50, head: 90, medium: 10, tail: null };
  assertEquals(Object.keys(accuracyRows({ ce })[0]), ["run", "all", "head", "medium", "tail"]);
  const [row, old] = accuracyRows(
    { ce: { ...ce, mean: 40 }, old: { ...ce, mean: undefined } },
    "of",
  );
  assertEquals(row, { of: "ce", all: 50, mean: 40, head: 90, medium: 10, tail: null });
  assertEquals(old.mean, null);
});

Deno.test("comparisonSentence() compares two runs with the paper's finding", () => {
  const values = { a: 0.1, b: 0.2 };
  const said = (smaller: string, larger: string) =>
    comparisonSentence("Unevenness", values, { smaller, larger }).text;
  assertEquals(
    said("a", "b"),
    'Unevenness: 0.1000 for "a" is below 0.2000 for "b", as in the paper.',
  );
  assertStringIncludes(said("b", "a"), 'for "b" is not below 0.1000 for "a", unlike in the paper.');
  assertThrows(() => said("c", "a"), RangeError, 'Unevenness of "c" but found only that of a, b');
});

Deno.test("evennessRows() and evennessSentence() compare features by size and by shape", () => {
  const strength = (...values: number[]) => {
    const mean = Float64Array.from(values);
    return { mean, deviation: mean, variance: mean.map((value) => value ** 2) };
  };
  // Ten times larger, with half the coefficient of variation.
  const statistics = { CE: strength(1, 3), NBN: strength(15, 25) };
  const [ce, nbn, ...paper] = evennessRows({
    CE: { statistics: statistics.CE, curve: { weights: Float32Array.of(3, 1) } },
    NBN: { statistics: statistics.NBN },
  });
  assertEquals(ce["γ, deviation / mean"], 0.5);
  assertEquals([ce["variance of means"], nbn["variance of means"]], [1, 25]);
  assertEquals([ce["means, relative"], nbn["means, relative"]], [0.25, 0.0625]);
  assertEquals(paper.map(({ run }) => run), ["paper, CE", "paper, NBN"]);
  const said = evennessSentence(statistics, "NBN", "CE").text;
  assertStringIncludes(said, '"NBN" are more even than those of "CE"');
  assertStringIncludes(said, "means is 0.25 times and that of the deviations 0.25 times as large.");
  assertStringIncludes(evennessSentence(statistics, "CE", "NBN").text, "less even");
  const mixed = { ...statistics, X: { ...statistics.NBN, deviation: Float64Array.of(1, 9) } };
  assertStringIncludes(evennessSentence(mixed, "X", "CE").text, "in part more, in part less");
});

Deno.test("byRun() runs sequentially and skips undefined results", async () => {
  const order: string[] = [];
  const found = await byRun({ b: 2, a: 1, c: 3 }, async (value, name) => {
    await new Promise((resolve) => setTimeout(resolve, 5 - value));
    order.push(name);
    return value === 1 ? undefined : 10 * value;
  });
  assertEquals(Object.entries(found), [["b", 20], ["c", 30]]);
  assertEquals(order, ["b", "a", "c"]);
});

Deno.test("readResults() selects rows and columns, and throws on a missing column", () =>
  inFolder(async (folder) => {
    const file = `${folder}/x.csv`;
    await Deno.writeTextFile(file, "recipe,imbalance,all\na,100,1\nb,1,2\n");
    assertEquals(await readResults(file, { where: { imbalance: 100 } }), [
      { recipe: "a", imbalance: 100, all: 1 },
    ]);
    const columns = ["all", "recipe"];
    assertEquals(Object.keys((await readResults(file, { columns }))[0]), columns);
    for (const options of [{ where: { x: 1 } }, { columns: ["x"] }]) {
      const message = await errorMessageOf(() => readResults(file, options));
      assertEquals(
        message,
        `${DataError.name}: Expected a column x in ${file} but found recipe, imbalance, all`,
      );
    }
  }));
