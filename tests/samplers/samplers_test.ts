/**
 * Samplers: distributions, resuming, shards, sizes beyond 2^24, invalid input.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { aliasTable } from "../../lib/samplers/class_weighted.ts";
import {
  bbnAlpha,
  bbnSampler,
  classAwareSampler,
  classBalancedSampler,
  effectiveNumberSampler,
  instanceBalancedSampler,
  progressivelyBalancedSampler,
  repeatFactors,
  repeatFactorSampler,
  type Sampler,
} from "../../lib/samplers/mod.ts";
import * as samplers from "../../lib/samplers/mod.ts";

const COUNTS = [400, 150, 40, 10];
/** Unordered labels, with class 2 missing, as in custom data. */
const LABELS = (() => {
  const labels = COUNTS.flatMap((count, c) => Array(count).fill(c < 2 ? c : c + 1) as number[]);
  const random = rng(5);
  for (let i = labels.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [labels[i], labels[j]] = [labels[j], labels[i]];
  }
  return labels;
})();
const TOTAL = 50_000;

/** Every registered sampler, and one without a token. */
const SAMPLERS: Readonly<Record<string, Sampler>> = {
  ...Object.fromEntries(
    Object.values(samplers).flatMap((sampler) =>
      "description" in sampler ? [[sampler.name, sampler.description.sampler(TOTAL)]] : []
    ),
  ),
  bbnSampler: (labels, options) => bbnSampler(labels, { ...options, total: TOTAL }),
};

/** Fractions of the four classes among drawn images. */
function shares(drawn: Int32Array): number[] {
  const times = [0, 0, 0, 0];
  for (const image of drawn) times[LABELS[image] - (LABELS[image] > 2 ? 1 : 0)]++;
  return times.map((count) => count / drawn.length);
}

function normalised(weights: number[]): number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

function assertShares(drawn: Int32Array, expected: number[]): void {
  // Five standard deviations of a fraction of independent draws.
  shares(drawn).forEach((fraction, c) =>
    assertAlmostEquals(
      fraction,
      expected[c],
      5 * Math.sqrt(expected[c] * (1 - expected[c]) / drawn.length) + 1e-3,
    )
  );
}

const beta = 0.9999;
const DISTRIBUTIONS: Record<string, number[]> = {
  instanceBalancedSampler: COUNTS,
  classBalancedSampler: [1, 1, 1, 1],
  classAwareSampler: [1, 1, 1, 1],
  squareRootSampler: COUNTS.map(Math.sqrt),
  reversedSampler: COUNTS.map((count) => 1 / count),
  effectiveNumberSampler: COUNTS.map((count) => count * (1 - beta) / (1 - beta ** count)),
  repeatFactorSampler: COUNTS,
};

for (const [name, weights] of Object.entries(DISTRIBUTIONS)) {
  Deno.test(`${name}() draws classes with its stated probabilities`, () => {
    for (const seed of [0, 1]) {
      const drawn = SAMPLERS[name](LABELS, { seed }).fill(new Int32Array(60_000));
      assertShares(drawn, normalised(weights));
    }
  });
}

for (const [name, sampler] of Object.entries(SAMPLERS)) {
  Deno.test(`${name}() resumes at any position, splits into shards, and is deterministic by seed`, () => {
    const whole = sampler(LABELS, { seed: 3 }).fill(new Int32Array(3000));
    assertEquals(sampler(LABELS, { seed: 3 }).fill(new Int32Array(3000)), whole);
    assert(sampler(LABELS, { seed: 4 }).fill(new Int32Array(3000)).some((x, i) => x !== whole[i]));
    for (const position of [1, 599, 600, 601, 2500]) {
      const stream = sampler(LABELS, { seed: 3, position });
      assertEquals(stream.fill(new Int32Array(400)), whole.subarray(position, position + 400));
      assertEquals(stream.position, position + 400);
    }
    for (const count of [2, 7]) {
      for (let index = 0; index < count; index++) {
        const part = sampler(LABELS, { seed: 3, shard: { index, count } }).fill(
          new Int32Array(300),
        );
        part.forEach((image, i) => assertEquals(image, whole[i * count + index]));
      }
    }
    const [first, second] = sampler(LABELS, { seed: 3 });
    assertEquals([first, second], [...whole.subarray(0, 2)]);
    const seen = new Set(sampler(LABELS, { seed: 3 }).fill(new Int32Array(60_000)));
    assert([...seen].every((image) => image >= 0 && image < LABELS.length));
    // The reversed sampler draws each image of the largest class three times on average.
    assert(seen.size > 0.9 * LABELS.length, `only ${seen.size} images are ever drawn`);
  });

  Deno.test(`${name}() throws on missing labels and on invalid positions, shards and seeds`, () => {
    assertThrows(() => sampler([], { seed: 0 }), RangeError, "at least one label");
    for (const position of [-1, 0.5]) {
      assertThrows(() => sampler(LABELS, { seed: 0, position }), RangeError, "position");
    }
    for (const shard of [{ index: 2, count: 2 }, { index: -1, count: 2 }, { index: 0, count: 0 }]) {
      assertThrows(() => sampler(LABELS, { seed: 0, shard }), RangeError, "shard");
    }
    assertThrows(() => sampler(LABELS, { seed: 0.5 }), TypeError, "seed");
  });
}

Deno.test("instanceBalancedSampler() draws each image once in every epoch", () => {
  const stream = instanceBalancedSampler(LABELS, { seed: 0 });
  const [one, other] = [0, 1].map(() => stream.fill(new Int32Array(LABELS.length)));
  for (const epoch of [one, other]) assertEquals(new Set(epoch).size, LABELS.length);
  assert(one.some((image, i) => image !== other[i]));
});

Deno.test("classAwareSampler() draws every class in each round and cycles through its images", () => {
  const stream = classAwareSampler(LABELS, { seed: 0 });
  const rare = new Map<number, number>();
  for (let round = 0; round < 100; round++) {
    const drawn = stream.fill(new Int32Array(4));
    assertEquals([...drawn].map((image) => LABELS[image]).sort(), [0, 1, 3, 4]);
    const image = [...drawn].find((image) => LABELS[image] === 4)!;
    rare.set(image, (rare.get(image) ?? 0) + 1);
  }
  assertEquals([...rare.values()], Array(10).fill(10));
});

Deno.test("progressivelyBalancedSampler() interpolates from instance-balanced to class-balanced", () => {
  const options = { seed: 0, total: 400_000 };
  const at = (position: number) =>
    progressivelyBalancedSampler(LABELS, { ...options, position }).fill(new Int32Array(20_000));
  const instance = normalised(COUNTS),
    mix = (t: number) => instance.map((p) => (1 - t) * p + t / 4);
  assertShares(at(0), mix(0.025));
  assertShares(at(200_000), mix(0.525));
  assertShares(at(400_000), mix(1));
  assertShares(at(900_000), mix(1));
});

Deno.test("bbnSampler() changes from instance-balanced to reversed along a parabola", () => {
  const options = { seed: 0, total: 400_000 };
  const instance = normalised(COUNTS), rare = normalised(COUNTS.map((count) => 1 / count));
  for (const t of [0, 0.5, 1]) {
    const drawn = bbnSampler(LABELS, { ...options, position: t * 400_000 }).fill(
      new Int32Array(8000),
    );
    const fraction = bbnAlpha(t + 0.01);
    assertShares(drawn, instance.map((p, c) => fraction * p + (1 - fraction) * rare[c]));
  }
  assertEquals([0, 1, 2].map(bbnAlpha), [1, 0, 0]);
});

Deno.test("repeatFactorSampler() repeats rare images by their factor", () => {
  const threshold = 0.25;
  const expected = normalised(
    COUNTS.map((count) => count * Math.max(1, Math.sqrt(threshold * LABELS.length / count))),
  );
  const drawn = repeatFactorSampler(LABELS, { seed: 0, threshold }).fill(new Int32Array(60_000));
  assertShares(drawn, expected);
});

Deno.test("repeatFactors() uses the rarest of an image's classes", () => {
  assertEquals(repeatFactors([[0], [0, 1], [0], [0]], 1), [1, 2, 1, 1]);
  assertEquals(repeatFactors([[], 0], 0.1), [1, 1]);
  assertThrows(() => repeatFactors([0], 0), RangeError, "threshold");
});

Deno.test("samplers with a schedule throw on 0 draws", () => {
  for (const sampler of [progressivelyBalancedSampler, bbnSampler]) {
    assertThrows(() => sampler(LABELS, { seed: 0, total: 0 }), RangeError, "total");
  }
  assertThrows(() => effectiveNumberSampler(LABELS, { seed: 0, beta: 1 }), RangeError, "beta");
});

Deno.test("samplers throw on labels out of range", () => {
  for (const label of [-1, 0.5, NaN]) {
    assertThrows(() => classBalancedSampler([0, label], { seed: 0 }), RangeError, "image 1");
  }
});

Deno.test("classBalancedSampler() is exact beyond 2^24 images", () => {
  const images = 2 ** 24 + 3;
  const labels = new Uint8Array(images);
  labels.fill(1, images - 2);
  const drawn = classBalancedSampler(labels, { seed: 0 }).fill(new Int32Array(2000));
  const rare = drawn.filter((image) => labels[image] === 1);
  assertAlmostEquals(rare.length / 2000, 0.5, 0.06);
  assertEquals([...new Set(rare)].sort(), [images - 2, images - 1]);
  const odd = drawn.filter((image) => image % 2 === 1 && labels[image] === 0).length;
  assertAlmostEquals(odd / (2000 - rare.length), 0.5, 0.08);
});

Deno.test("aliasTable() reproduces the probabilities up to rounding", () => {
  const random = rng(9);
  for (const outcomes of [1, 2, 17]) {
    const weights = Array.from({ length: outcomes }, () => random.uniform() ** 4);
    const draw = aliasTable(weights), steps = 200_000;
    const times = Array<number>(outcomes).fill(0);
    for (let i = 0; i < steps; i++) times[draw((i + 0.5) / steps)]++;
    normalised(weights).forEach((fraction, i) =>
      assertAlmostEquals(times[i] / steps, fraction, 2e-4)
    );
  }
  for (const bad of [[], [0, 0], [1, -1], [1, NaN]]) {
    assertThrows(() => aliasTable(bad), RangeError);
  }
});
