/**
 * The short part of fuzzing; `deno task fuzz` goes on with other seeds and more inputs.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { fuzzReader } from "./fuzz_reader.ts";
import { mutated } from "./mutate.ts";
import { READERS } from "./readers.ts";

/** Enough for every kind of mutation, in a second or two for each reader. */
const INPUTS = 300;

for (const reader of Object.keys(READERS)) {
  Deno.test(`${reader}: mutated files are read or refused, in bounded time`, async () => {
    const { tried, problem } = await fuzzReader({ reader, seed: 0, first: 0, inputs: INPUTS });
    assertEquals([tried, problem], [INPUTS, undefined]);
  });
}

Deno.test("mutations are the same for the same seed, bounded, and not all alike", () => {
  const seeds = [new Uint8Array(100).fill(7), new Uint8Array(0)];
  const make = (seed: number) =>
    Array.from({ length: 50 }, (_, input) => mutated(seeds, rng(seed).fork(input), 80).toHex());
  assertEquals(make(1), make(1));
  assert(new Set(make(1)).size > 40 && make(1).every((bytes) => bytes.length <= 160));
  assertEquals(seeds[0], new Uint8Array(100).fill(7));
});
