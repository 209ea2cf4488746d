import { assertAlmostEquals, assertEquals } from "@std/assert";
import { channelEvenness } from "../../lib/analysis/mod.ts";
import { readAnalysis } from "../../lib/analysis/run/files.ts";

const COMMITTED = new URL("../../data/results/cifar10-lt-100-ce-seed0", import.meta.url).pathname;

Deno.test("channelEvenness() measures the last norm layer, features and groups of channels", async () => {
  const analysis = (await readAnalysis(COMMITTED))!;
  const evenness = channelEvenness(analysis);
  const { mean } = analysis.features!.statistics;
  const average = mean.reduce((sum, value) => sum + value, 0) / mean.length;
  // Stored numbers are rounded.
  assertAlmostEquals(evenness.relativeMeans!, evenness.varianceOfMeans! / average ** 2, 1e-6);
  assertEquals(evenness.weightLength, analysis.weights!.norms!.at(-1)!.weightLength);
  const { rareSpecific, frequentSpecific } = analysis.masking!.groups;
  const strength = (channels: readonly number[]) =>
    channels.reduce((sum, channel) => sum + mean[channel], 0) / channels.length;
  assertAlmostEquals(
    evenness.rareOverFrequent!,
    strength(rareSpecific) / strength(frequentSpecific),
    1e-12,
  );
});

Deno.test("channelEvenness() leaves out what an analysis lacks", async () => {
  const { features, masking } = (await readAnalysis(COMMITTED))!;
  assertEquals(Object.values(channelEvenness({})).filter((value) => value !== undefined), []);
  const groups = { ...masking!.groups, rareSpecific: [] };
  const evenness = channelEvenness({ features, masking: { ...masking!, groups } });
  assertEquals(evenness.rareOverFrequent, undefined);
  assertEquals(evenness.weightLength, undefined);
});
