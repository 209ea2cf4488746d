/**
 * Samplers against independently computed probabilities.
 *
 * @module
 */
import { assert, assertAlmostEquals } from "@std/assert";
import * as samplers from "../../lib/samplers/mod.ts";
import type { Sampler } from "../../lib/samplers/mod.ts";

const golden: {
  counts: number[];
  cases: Record<string, number[]>;
  moments: number[];
  scheduled: Record<string, number[][]>;
  images: number[][];
  factors: Record<string, number[]>;
  threshold: number;
} = JSON.parse(await Deno.readTextFile(new URL("../golden/samplers.json", import.meta.url)));

const labels = Int32Array.from(golden.counts.flatMap((count, c) => Array(count).fill(c)));
const DRAWS = 400_000;

/** Samplers by name. */
const SAMPLERS: Readonly<Record<string, Sampler>> = {
  ...Object.fromEntries(
    Object.values(samplers).flatMap((sampler) =>
      "description" in sampler ? [[sampler.name, sampler.description.sampler(DRAWS)]] : []
    ),
  ),
  repeatFactorSampler: (labels, options) =>
    samplers.repeatFactorSampler(labels, { ...options, threshold: golden.threshold }),
};

/** The 0.9999 quantile of chi-square with 9 degrees of freedom; deterministic samplers are below it too. */
const LIMIT = 33.7;

/** Asserts that the frequencies of drawn classes match the probabilities. */
function assertLikely(drawn: Int32Array, expected: readonly number[]): void {
  const times = expected.map(() => 0);
  for (const image of drawn) times[labels[image]]++;
  const distance = expected.reduce(
    (sum, fraction, c) =>
      sum + (times[c] - fraction * drawn.length) ** 2 / (fraction * drawn.length),
    0,
  );
  assert(distance < LIMIT, `chi-square ${distance} of ${times}`);
}

for (const [name, expected] of Object.entries(golden.cases)) {
  Deno.test(`${name}() draws classes with their golden probabilities`, () => {
    assertLikely(SAMPLERS[name](labels, { seed: 11 }).fill(new Int32Array(DRAWS)), expected);
  });
}

const SCHEDULED = {
  progressivelyBalancedSampler: samplers.progressivelyBalancedSampler,
  bbnSampler: samplers.bbnSampler,
};

for (const name of ["progressivelyBalancedSampler", "bbnSampler"] as const) {
  Deno.test(`${name}() draws classes with their golden probabilities over the whole training`, () => {
    golden.moments.forEach((moment, i) => {
      // A training so long that probabilities are constant while drawing.
      const total = 1e10, position = moment * total;
      const stream = SCHEDULED[name](labels, { seed: 12, total, position });
      assertLikely(stream.fill(new Int32Array(DRAWS)), golden.scheduled[name][i]);
    });
  });
}

Deno.test("repeatFactors() agree with the golden values", () => {
  for (const [threshold, expected] of Object.entries(golden.factors)) {
    samplers.repeatFactors(golden.images, Number(threshold))
      .forEach((factor, i) => assertAlmostEquals(factor, expected[i], 1e-12));
  }
});
