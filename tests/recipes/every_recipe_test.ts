/**
 * Every recipe of the list, through all stages.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { listRecipes, recipe } from "../../lib/recipes/mod.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends } from "../backends.ts";
import { ALL, longTest } from "../long.ts";
import { smallImages } from "../train/small_images.ts";

const data = smallImages({ side: 8, max: 8, imbalance: 4 });

/** Methods of the list, each once, since they do not depend on the data set. */
const METHODS = [...new Set(listRecipes().map(({ name }) => name.replace(/^[^/]*\//, "")))];

/** Trains a method through all stages. */
async function trained(method: string): Promise<void> {
  const before = tf.memory().numTensors;
  const stages = new Set<string>();
  const name = `builtin/${method}`;
  const setting = { iterations: 2, batch: 4, counts: [8, 2], augment: [] };
  const planned = recipe(name).stages(setting).map((stage) => stage.name);
  const result = await train({
    recipe: name,
    data,
    iterations: 2,
    batch: 4,
    workers: 0,
    evaluateEvery: 1000,
    onProgress: (event) =>
      (event.kind === "step" || event.kind === "stage" || event.kind === "evaluation") &&
      stages.add(event.stageName),
  });
  assertEquals([...stages], planned);
  assert(Number.isFinite(result.loss) && result.all !== null && result.iterations >= 2);
  assertEquals(tf.memory().numTensors, before);
}

for (const method of METHODS) {
  const name = `${method} trains a few steps of all its stages`;
  testOnBackends(name, () => trained(method), { only: ["wasm", ...(ALL ? ["plugin"] : [])] });
}

// Tracing every step with TensorFlow takes longer than ten steps of these networks.
longTest("every recipe trains on the fastest backend", async (t) => {
  for (const method of METHODS) await t.step(method, () => trained(method));
});

Deno.test("every recipe composes for every data set", () => {
  for (const { name } of listRecipes()) {
    const { iterations, batch, augment, stages, network } = recipe(name);
    const made = stages({ iterations, batch, augment, counts: [500, 50, 5] });
    assert(made.length > 0 && made[0].iterations > 0, name);
    for (const { schedule, iterations } of made) {
      for (const step of [0, iterations - 1]) assert(schedule(step) >= 0, name);
    }
    assert(network(3, [500, 50, 5]).name.length > 0);
    // Composed as for opening a checkpoint.
    assert(stages({ iterations, batch, augment, counts: [1, 1, 1] }).length === made.length, name);
  }
});
