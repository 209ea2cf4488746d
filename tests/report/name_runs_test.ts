import { assertEquals } from "@std/assert";
import { groupRuns } from "../../lib/report/name_runs.ts";

const run = (recipe: string, seed: number, settings: Record<string, string>, counts = [9, 1]) => ({
  recipe,
  seed,
  settings,
  counts,
});
const named = (runs: Parameters<typeof groupRuns>[0]) =>
  groupRuns(runs).map(({ name, runs }) => [name, runs.map(({ seed }) => seed)]);

Deno.test("groupRuns() names runs of a recipe by the settings that differ", () => {
  const short = { iterations: "3 steps", precision: "bf16" };
  assertEquals(
    named([
      run("a/ce", 0, short),
      run("a/ce+nbn", 0, { ...short, iterations: "9 steps" }),
      run("a/ce", 2, short),
      run("a/ce", 0, { ...short, precision: "float32" }),
    ]),
    [["a/ce, bf16", [0, 2]], ["a/ce+nbn", [0]], ["a/ce, float32", [0]]],
  );
});

Deno.test("groupRuns() throws on a repeated seed and on different images", () => {
  assertEquals(
    named([run("a/ce", 0, {}), run("a/ce", 0, {}), run("a/ce", 1, {}), run("a/ce", 0, {}, [5, 5])]),
    [["a/ce", [0, 1]], ["a/ce (2)", [0]], ["a/ce (3)", [0]]],
  );
});
