/**
 * The short part of `deno task faults`: a few kills of processes that write. What the other subjects write takes the same
 * ways.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { longTest } from "../long.ts";
import { failAtEveryWrite, killAtEveryWrite, killAtRandom } from "./inject.ts";
import { SUBJECTS } from "./subjects.ts";

/** Of so many operations, one fails; the task takes all. */
const EVERY = 7;

Deno.test("a run folder loses nothing when processes that write it are killed", async () => {
  const { injected, problems } = await killAtRandom("run", 3, rng(0));
  assertEquals([injected, problems], [3, []]);
});

for (const subject of Object.keys(SUBJECTS)) {
  // tests/runs/faults_test.ts does so with a whole training.
  if (subject !== "run") {
    Deno.test(`${subject}: nothing is lost when a write fails`, async () => {
      const { injected, problems } = await failAtEveryWrite(subject, "no space", EVERY);
      assert(injected > 2, `only ${injected} writes`);
      assertEquals(problems, []);
    });
  }

  longTest(`${subject}: nothing is lost when a process is killed at a write`, async () => {
    const { injected, problems } = await killAtEveryWrite(subject, EVERY);
    assert(injected > 2, `only ${injected} writes`);
    assertEquals(problems, []);
  });
}
