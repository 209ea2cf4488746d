/**
 * `sweep()` with options of plain JavaScript.
 *
 * @module
 */
import { assertRejects } from "@std/assert";
import { sweep, type SweepOptions } from "../../lib/train/sweep.ts";

const COMPLETE = { recipes: ["builtin/ce"], seeds: [0], out: "never-written" };

for (
  const [wrong, message] of [
    [{ recipes: undefined }, "Expected recipes to be a list of names of recipes, at least one"],
    [{ recipes: "builtin/ce" }, "at least one, but found string"],
    [{ recipes: [] }, "at least one, but found an empty list"],
    [{ seeds: 3 }, "Expected seeds to be a list of seeds, at least one, but found number"],
    [{ out: undefined }, "Expected out to be the path of a folder but found none"],
  ] as const
) {
  Deno.test(`sweep() names what is wrong in ${JSON.stringify(wrong)}`, async () => {
    const options = { ...COMPLETE, ...wrong } as unknown as SweepOptions;
    await assertRejects(() => sweep(options), TypeError, message);
  });
}
