/**
 * Thresholds of Tail, Medium and Head, wherever classes are grouped.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { rareAndFrequent } from "../../lib/analysis/rare_and_frequent.ts";
import { countsReport } from "../../lib/cli/data/counts_report.ts";
import { UsageError } from "../../lib/core/errors.ts";
import { classStatistics } from "../../lib/data/class_statistics.ts";
import { groupOf } from "../../lib/data/groups.ts";
import { classCounts } from "../../lib/plots/class_counts.ts";
import { confusion } from "../../lib/plots/confusion.ts";
import { report } from "../../lib/report/mod.ts";
import { groupAccuracy } from "../../lib/metrics/group_accuracy.ts";
import { inFolder } from "../in_folder.ts";

const counts = [120, 60, 30, 15];
const groupThresholds = [30, 60] as const;

Deno.test("groupOf() counts both thresholds as Medium", () => {
  const groups = [61, 60, 30, 29].map((count) => groupOf(count, groupThresholds));
  assertEquals(groups, ["head", "medium", "medium", "tail"]);
  assertEquals([9, 10, 11].map((count) => groupOf(count, [10, 10])), ["tail", "medium", "head"]);
});

Deno.test("custom group thresholds apply to accuracies, statistics, analyses and figures", async () => {
  const matrix = [[4, 0, 0, 0], [2, 2, 0, 0], [3, 0, 1, 0], [4, 0, 0, 0]];
  const found = groupAccuracy(matrix, counts, groupThresholds);
  assertEquals([found.head, found.medium, found.tail], [100, 37.5, 0]);
  const byDefault = groupAccuracy(matrix, counts);
  assertEquals([byDefault.head, byDefault.medium, byDefault.tail], [100, 37.5, 0]);
  const low = groupAccuracy(matrix, counts, [16, 29]);
  assertEquals([low.head, low.medium, low.tail], [175 / 3, null, 0]);
  assertEquals(classStatistics(counts, [16, 29]).groups.head, { classes: 3, images: 210 });
  assertEquals(rareAndFrequent(counts, undefined, [16, 29]).frequent, [0, 1, 2]);
  const text = countsReport(["a", "b", "c", "d"], counts, undefined, [16, 29]);
  assertStringIncludes(text, "head 3, medium 0, tail 1");
  assertStringIncludes(text, "Head more than 29, Medium 16 to 29, Tail fewer than 16");
  const figures = [
    await classCounts(counts, { groupThresholds: [16, 29] }),
    await confusion(matrix, { counts, groupThresholds: [16, 29] }),
  ];
  for (const { svg } of figures) {
    assertStringIncludes(svg, "Head (over 29 images)");
    assertStringIncludes(svg, "Tail (under 16)");
    assert(!svg.includes("Medium"));
  }
});

Deno.test("a report names the group thresholds of its runs and refuses runs of different ones", () =>
  inFolder(async (folder) => {
    const write = async (name: string, groups?: readonly number[]) => {
      await Deno.mkdir(`${folder}/${name}`);
      const training = { recipe: "custom", seed: 0, counts, iterations: 1, batch: 4, groups };
      await Deno.writeTextFile(`${folder}/${name}/config.json`, JSON.stringify({ training }));
      return `${folder}/${name}`;
    };
    const [byDefault, own, same] = [
      await write("usual"),
      await write("own", [16, 29]),
      await write("same", [16, 29]),
    ];
    await assertRejects(
      () => report([byDefault, own]),
      UsageError,
      "with 16 and 29: write a report",
    );
    const { html } = await report([own, same]);
    assertStringIncludes(html, "3 are Head (more than 29)");
    assertStringIncludes((await report([byDefault])).html, "1 is Head (more than 100)");
  }));
