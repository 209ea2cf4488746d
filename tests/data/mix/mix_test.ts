/**
 * Mixing images: invariants for every seed and shape, and known distributions.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Rng, rng } from "../../../lib/core/rng.ts";
import {
  beta,
  cmo,
  cmoActive,
  cutMix,
  type Mixable,
  type Mixed,
  mixedTargets,
  mixup,
  remix,
} from "../../../lib/data/mix/mod.ts";

const SHAPE = [6, 5, 3] as const;
const SIZE = 6 * 5 * 3;
const COUNTS = [900, 100, 30, 29, 1];

/** Images whose values encode image, row, column and channel. */
function numbered(seed: number, images: number, offset = 0): Mixable {
  const random = rng(seed).fork("labels");
  return {
    images: Float32Array.from({ length: images * SIZE }, (_, i) => offset + i),
    labels: Int32Array.from({ length: images }, () => random.below(5)),
  };
}

const MIXES: Record<string, (batch: Mixable, random: Rng) => Mixed> = {
  mixup: (batch, random) => mixup(batch, random),
  "mixup 0.2": (batch, random) => mixup(batch, random, { alpha: 0.2 }),
  remix: (batch, random) => remix(batch, COUNTS, random),
  cutMix: (batch, random) => cutMix(batch, random, { shape: SHAPE, probability: 1 }),
  cmo: (batch, random) =>
    cmo(batch, numbered(99, batch.labels.length, 1e4), random, { shape: SHAPE, probability: 1 }),
};

for (const [name, mix] of Object.entries(MIXES)) {
  Deno.test(`${name} is deterministic by seed and does not modify its input`, () => {
    for (const [seed, images] of [[0, 1], [1, 2], [2, 7], [3, 16]]) {
      const batch = numbered(seed, images), before = structuredClone(batch);
      const mixed = mix(batch, rng(seed).fork(images));
      assertEquals(batch, before);
      assertEquals(mix(batch, rng(seed).fork(images)), mixed);
      assertEquals(mixed.labels, batch.labels);
      assertEquals(mixed.images.length, batch.images.length);
      const targets = mixedTargets(mixed, 5);
      for (let image = 0; image < images; image++) {
        const row = targets.subarray(5 * image, 5 * image + 5);
        assertAlmostEquals(row.reduce((sum, value) => sum + value, 0), 1, 1e-6);
        assert(row.every((value) => value >= 0));
      }
    }
    const batch = numbered(0, 16);
    const [one, other] = [mix(batch, rng(0)), mix(batch, rng(1))];
    assert(one.images.some((value, i) => value !== other.images[i]));
  });
}

Deno.test("mixup() mixes each image and label with those of its partner", () => {
  for (const seed of [1, 2, 3]) {
    const batch = numbered(seed, 9);
    const { images, partners, shares } = mixup(batch, rng(seed));
    for (let image = 0; image < 9; image++) {
      // Values grow by 1 within an image, so the first one identifies the partner.
      const first = images[image * SIZE], fraction = shares[image];
      const other = Math.round((first - fraction * image * SIZE) / (1 - fraction) / SIZE);
      assertEquals(partners[image], batch.labels[other]);
      for (let i = 0; i < SIZE; i++) {
        const expected = fraction * (image * SIZE + i) + (1 - fraction) * (other * SIZE + i);
        assertAlmostEquals(images[image * SIZE + i], expected, 1e-3);
      }
    }
  }
});

Deno.test("remix() mixes images like mixup() and relabels towards the rarer class by its rule", () => {
  let whole = 0, mixedShares = 0;
  for (let seed = 0; seed < 60; seed++) {
    const batch = numbered(seed, 8);
    const plain = mixup(batch, rng(seed)), mixed = remix(batch, COUNTS, rng(seed));
    assertEquals(mixed.images, plain.images);
    assertEquals(mixed.partners, plain.partners);
    plain.shares.forEach((fraction, image) => {
      const own = COUNTS[batch.labels[image]], other = COUNTS[plain.partners[image]];
      let expected = fraction;
      if (own >= 3 * other && fraction < 0.5) expected = 0;
      else if (other >= 3 * own && fraction > 0.5) expected = 1;
      assertEquals(mixed.shares[image], expected);
      if (expected === fraction) mixedShares++;
      else whole++;
    });
  }
  assert(whole > 50 && mixedShares > 50);
});

Deno.test("cutMix() and cmo() paste one box and weight labels by its area", () => {
  for (let seed = 0; seed < 40; seed++) {
    const batch = numbered(seed, 4), foreground = numbered(seed + 100, 4, 1e4);
    const mixed = cmo(batch, foreground, rng(seed), { shape: SHAPE, probability: 1 });
    assertEquals(mixed.partners, foreground.labels);
    const indices = new Set<string>();
    for (let image = 0; image < 4; image++) {
      const rows = new Set<number>(), columns = new Set<number>();
      let pixels = 0;
      for (let i = 0; i < SIZE; i++) {
        const at = image * SIZE + i;
        const pastedHere = mixed.images[at] >= 1e4;
        assertEquals(mixed.images[at], pastedHere ? 1e4 + at : at);
        if (!pastedHere || i % 3 !== 0) continue;
        pixels++;
        rows.add(Math.floor(i / 15));
        columns.add(Math.floor(i / 3) % 5);
      }
      assertEquals(pixels, rows.size * columns.size, "what is pasted is a box");
      assertAlmostEquals(mixed.shares[image], 1 - pixels / 30, 1e-6);
      indices.add(`${[...rows]} ${[...columns]}`);
    }
    assertEquals(indices.size, 1, "one box for the batch");
  }
});

Deno.test("cutMix() changes batches with its probability", () => {
  let changed = 0;
  const batch = numbered(0, 3);
  for (let seed = 0; seed < 400; seed++) {
    const mixed = cutMix(batch, rng(seed), { shape: SHAPE, probability: 0.25, alpha: 1 });
    if (mixed.shares[0] < 1) changed++;
    else assertEquals(mixed.images, batch.images);
  }
  // A few boxes are empty.
  assert(changed > 60 && changed < 120, `${changed} of 400`);
});

Deno.test("cutMix() covers its drawn fraction, clipped at the edges", () => {
  const shape = [64, 64, 1] as const;
  const batch = { images: new Float32Array(2 * 64 * 64), labels: Int32Array.of(0, 1) };
  let covered = 0;
  for (let seed = 0; seed < 500; seed++) {
    covered += (1 - cutMix(batch, rng(seed), { shape, probability: 1 }).shares[0]) / 500;
  }
  // E[(√a · (1 − √a/4))²] of a uniform area a whose box is clipped at the edges: 1/2 − 1/5 + 1/48.
  assertAlmostEquals(covered, 0.5 - 0.2 + 1 / 48, 0.03);
});

Deno.test("beta() has the mean and the variance of its distribution", () => {
  for (const alpha of [0.05, 0.2, 0.5, 1, 2, 8]) {
    const random = rng(4).fork(alpha);
    const values = Array.from({ length: 20_000 }, () => beta(alpha, random));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    assertAlmostEquals(mean, 0.5, 0.012);
    assertAlmostEquals(variance, 1 / (4 * (2 * alpha + 1)), 0.006);
    assert(values.every((value) => value >= 0 && value <= 1));
  }
  assert(Number.isFinite(beta(1e-4, rng(0))));
});

Deno.test("cmoActive() is false in the first four and last three epochs", () => {
  const active = Array.from({ length: 10 }, (_, epoch) => cmoActive(epoch, 10));
  assertEquals(active, [false, false, false, false, true, true, true, false, false, false]);
});

Deno.test("mixing throws on numbers out of range and mismatched batches", () => {
  const batch = numbered(0, 2), random = rng(0);
  const bad: (() => unknown)[] = [
    () => beta(0, random),
    () => mixup(batch, random, { alpha: -1 }),
    () => mixup({ ...batch, images: batch.images.subarray(1) }, random),
    () => remix(batch, COUNTS, random, { kappa: 0.5 }),
    () => remix(batch, COUNTS, random, { tau: 2 }),
    () => remix({ ...batch, labels: Int32Array.of(0, 9) }, COUNTS, random),
    () => cutMix(batch, random, { shape: [6, 6, 3] }),
    () => cutMix(batch, random, { shape: SHAPE, probability: 2 }),
    () => cmo(batch, numbered(0, 3), random, { shape: SHAPE }),
    () => mixedTargets(mixup(batch, random), 1),
  ];
  for (const [i, call] of bad.entries()) assertThrows(call, RangeError, "Expected", `${i}`);
});
