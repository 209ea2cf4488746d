/**
 * Continued stages: progress, epochs, images and random numbers carry over.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy, gcl, type Loss } from "../../lib/losses/mod.ts";
import { progressivelyBalancedSampler } from "../../lib/samplers/mod.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { cmoBatches, sharedLambdaLoss } from "../../lib/loop/mixing.ts";
import { sgd } from "../../lib/optim/mod.ts";
import { type KindName, ofKind } from "../../lib/recipes/kinds.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { TOKENS } from "../../lib/recipes/registry.ts";
import { spanOf } from "../../lib/loop/stages/span.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { train } from "../../lib/train/train.ts";
import { phaseAt } from "../../lib/loop/stages/phase.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "../train/small_images.ts";
import { smallNetwork } from "../train/small_network.ts";

await engine();

const data = smallImages({ side: 8, max: 12, imbalance: 4 });
const counts = Array.from(
  { length: 10 },
  (_, c) => data.train.labels.filter((l) => l === c).length,
);
const STEPS = 24, BATCH = 32;

/** A stage in which everything depends on the progress of the training. */
const whole: Stage = {
  name: "whole",
  iterations: STEPS,
  loss: gcl(counts),
  sampler: (labels, options) =>
    progressivelyBalancedSampler(labels, { ...options, total: STEPS * BATCH }),
  augment: [{ name: "flip" }],
  mixing: { ...cmoBatches(), loss: sharedLambdaLoss(gcl(counts)) },
  schedule: (step) => 0.1 / (1 + step),
  optimizer: sgd(),
};

async function end(stages: readonly Stage[], out: string): Promise<Map<string, readonly number[]>> {
  await train({
    data,
    network: smallNetwork,
    stages,
    batch: BATCH,
    workers: 0,
    evaluateEvery: 99,
    out,
  });
  const found = await loadCheckpoint(`${out}/checkpoint-${STEPS}.safetensors`);
  const { params, state, optimizer } = found, all = { params, state, optimizer };
  const values = flatten(all as unknown as Params)
    .map(([path, tensor]) => [path, [...tensor.dataSync()]] as const);
  disposeTree(all as unknown as Params);
  assertEquals(found.position, STEPS * BATCH);
  return new Map(values);
}

Deno.test("consecutive parts of a stage equal the whole stage, bit for bit", () =>
  inFolder(async (folder) => {
    const part = (first: number, iterations: number): Stage => ({
      ...whole,
      name: `from ${first}`,
      iterations,
      schedule: (step) => whole.schedule(first + step),
      continues: first > 0,
    });
    const expected = await end([whole], `${folder}/whole`);
    const parts = [part(0, 15), part(15, 6), part(21, 3)];
    assertEquals(await end(parts, `${folder}/parts`), expected);
  }));

Deno.test("a loss changes its formula once, at its fraction of all stages that continue each other", async () => {
  const seen: number[] = [];
  const plain = crossEntropy();
  const loss: Loss = Object.assign((...[logits, labels, context]: Parameters<Loss>) => {
    seen.push(context!.progress);
    return plain(logits, labels);
  }, { phases: [0.75] });
  const { mixing: _, ...rest } = whole;
  const stages = [
    { ...rest, loss, iterations: 8 },
    { ...rest, loss, iterations: 2, continues: true },
    { ...rest, loss, iterations: 4 },
  ];
  await train({ data, network: smallNetwork, stages, batch: 4, workers: 0, evaluateEvery: 99 });
  // With tracing the loss is called only while a step is traced, otherwise in every step.
  const { backend } = await engine();
  const all = [...Array(8).fill(0), 0.75, 0.75, 0, 0, 0, 0.75];
  const changes = seen.filter((progress, i) => progress !== seen[i - 1]);
  assertEquals(changes, [0, 0.75, 0, 0.75]);
  if (backend !== "tensorflow") assertEquals(seen, all);
});

Deno.test("every loss with phases changes at the same steps under every deferral", () => {
  const setting = { iterations: 100, batch: 8, counts, augment: [] };
  const stagesOf = (tokens: readonly string[]) => {
    try {
      return recipe(`builtin/${tokens.join("+")}`).stages(setting);
    } catch (error) {
      if (error instanceof UsageError) return undefined;
      throw error;
    }
  };
  const phases = (stages: readonly Stage[]) =>
    stages.flatMap(({ iterations, loss: { phases = [] } }, number) => {
      const span = spanOf(stages, number);
      return Array.from(
        { length: iterations },
        (_, step) => phaseAt(phases, (span.before + step) / span.iterations),
      );
    });
  let found = 0;
  const names = (kind: KindName) => ofKind(TOKENS, kind).map(({ name }) => name);
  const others = [...names("number of experts"), ...names("regularisation")];
  for (const loss of names("loss")) {
    for (const more of [[], ...others.map((name) => [name])]) {
      const plain = stagesOf([loss, ...more]);
      if (!plain?.[0].loss.phases) continue;
      for (const deferral of names("deferral")) {
        const deferred = stagesOf([loss, ...more, deferral]);
        if (!deferred) continue;
        found++;
        const [changed] = plain[0].loss.phases;
        const steps = phases(deferred);
        assertEquals(steps, phases(plain), [loss, ...more, deferral].join("+"));
        assertEquals(steps.indexOf(1), 100 * changed);
      }
    }
  }
  assert(found > 10, `${found}`);
});
