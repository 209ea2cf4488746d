import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { below, bits, rng, shuffle, uniform, uniformAt } from "../../lib/core/rng.ts";

Deno.test("uniform() is uniform on [0, 1) for neighbouring seeds and counters", () => {
  for (const seed of [0, 1, 2, 2 ** 40, -5]) {
    const counts = new Array<number>(20).fill(0);
    for (let k = 0; k < 20_000; k++) counts[Math.floor(uniform(seed, k) * 20)]++;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 19 degrees of freedom: one seed in 10,000 exceeds 50.
    assert(chiSquare < 50, `seed ${seed}: ${chiSquare}`);
  }
});

Deno.test("uniform() does not correlate between seeds or neighbours", () => {
  let neighbours = 0, seeds = 0;
  for (let k = 0; k < 20_000; k++) {
    neighbours += (uniform(3, k) - 0.5) * (uniform(3, k + 1) - 0.5);
    seeds += (uniform(3, k) - 0.5) * (uniform(4, k) - 0.5);
  }
  assertAlmostEquals(neighbours / 20_000 * 12, 0, 0.03);
  assertAlmostEquals(seeds / 20_000 * 12, 0, 0.03);
});

Deno.test("uniformAt() equals uniform() for seeds and counters of any size", () => {
  for (const seed of [0, 1, -5, 2 ** 31, 2 ** 40 + 7, -(2 ** 40) - 7, Number.MAX_SAFE_INTEGER]) {
    const at = uniformAt(seed);
    for (const large of [0, 2 ** 30, 2 ** 31, 2 ** 32, 2 ** 40, 2 ** 51]) {
      for (let counter = Math.max(0, large - 3); counter < large + 3; counter++) {
        assertEquals(at(counter), uniform(seed, counter), `seed ${seed}, counter ${counter}`);
      }
    }
  }
});

Deno.test("bits() depends on counters and seeds beyond 32 bits", () => {
  assert(bits(1, 5) !== bits(1, 5 + 2 ** 32));
  assert(bits(1, 5) !== bits(1 + 2 ** 32, 5));
});

Deno.test("below() draws every value of its range and no other", () => {
  const seen = new Set<number>();
  for (let k = 0; k < 500; k++) seen.add(below(7, 11, k));
  assertEquals([...seen].sort(), [0, 1, 2, 3, 4, 5, 6]);
});

Deno.test("rng() resumes from a position", () => {
  const whole = rng(9);
  const numbers = Array.from({ length: 10 }, () => whole.uniform());
  assertEquals(whole.position, 10);
  const rest = rng(9, 6);
  assertEquals(Array.from({ length: 4 }, () => rest.uniform()), numbers.slice(6));
});

Deno.test("rng() draws standard normal numbers", () => {
  const random = rng(1);
  let sum = 0, squares = 0, fourth = 0;
  for (let k = 0; k < 20_000; k++) {
    const x = random.normal();
    sum += x;
    squares += x * x;
    fourth += x ** 4;
  }
  assertAlmostEquals(sum / 20_000, 0, 0.03);
  assertAlmostEquals(squares / 20_000, 1, 0.05);
  assertAlmostEquals(fourth / 20_000, 3, 0.3);
});

Deno.test("rng() forks streams that differ by name, without advancing", () => {
  const random = rng(2);
  const first = random.fork("a").uniform();
  assertEquals(random.position, 0);
  assertEquals(random.fork("a").uniform(), first);
  assert(random.fork("b").uniform() !== first);
  assert(random.fork(1).uniform() !== random.fork(2).uniform());
});

Deno.test("rng() throws on seeds that are not integers", () => {
  assertThrows(() => rng(0.5), TypeError, "Expected a seed to be an integer but found 0.5");
  assertThrows(() => rng(NaN), TypeError, "found NaN");
});

Deno.test("shuffle() draws every permutation equally often", () => {
  const random = rng(6);
  const counts = new Map<string, number>();
  for (let trial = 0; trial < 6000; trial++) {
    const order = shuffle([1, 2, 3], random).join("");
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assertEquals(counts.size, 6);
  for (const count of counts.values()) assertAlmostEquals(count / 1000, 1, 0.12);
});
