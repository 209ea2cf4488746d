/**
 * Settings of optimizer and learning rate in recipes of one and of several stages.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { constantSchedule, sgd } from "../../lib/optim/mod.ts";
import { makePlan } from "../../lib/train/plan.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { changedStages, type StageSettings } from "../../lib/train/change_stages.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { smallImages } from "../train/small_images.ts";

const setting = { iterations: 200, batch: 64, counts: [500, 50, 5], augment: [] };

const stagesOf = (tokens: string, settings: StageSettings = {}, dataSet = "builtin") =>
  changedStages(recipe(`${dataSet}/${tokens}`).stages(setting), settings);

const rates = ({ schedule, iterations }: Stage) =>
  Array.from({ length: iterations }, (_, step) => schedule(step));

function assertRates(found: readonly Stage[], expected: readonly (readonly number[])[]) {
  assertEquals(found.map(({ iterations }) => iterations), expected.map(({ length }) => length));
  found.map(rates).forEach((own, stage) =>
    own.forEach((rate, step) =>
      assertAlmostEquals(rate, expected[stage][step], 1e-12, `stage ${stage}, step ${step}`)
    )
  );
}

const METHODS = ["ce", "crt", "ce+drw", "xerm", "ltr-wd", "ride3", "ride3+distilled", "iif-head"];

Deno.test("stages are unchanged without settings", () => {
  for (const tokens of METHODS) {
    assertRates(stagesOf(tokens), recipe(`builtin/${tokens}`).stages(setting).map(rates));
  }
});

Deno.test("--lr sets the first stage's highest rate and scales all stages", () => {
  for (const tokens of METHODS) {
    const plain = stagesOf(tokens).map(rates);
    const peak = Math.max(...plain[0]);
    const expected = plain.map((own) => own.map((rate) => rate * 0.3 / peak));
    const found = stagesOf(tokens, { lr: 0.3 });
    assertRates(found, expected);
    assertAlmostEquals(Math.max(...rates(found[0])), 0.3, 1e-12, tokens);
  }
});

Deno.test("--warmup applies to every stage with a warm-up, and no other", () => {
  const [first, second] = stagesOf("crt", { warmup: 50 });
  assertAlmostEquals(first.schedule(25), 0.075, 1e-12);
  assertAlmostEquals(first.schedule(50), 0.1, 1e-12);
  assertEquals(rates(second), rates(stagesOf("crt")[1]));
  // A warm-up that continues into the re-weighted part: 160 steps of one schedule of 200, then 40.
  const [before, after] = stagesOf("ce+drw", { warmup: 180 });
  assertEquals([before.iterations, after.iterations], [160, 40]);
  for (const [step, rate] of [[0, 0.05], [90, 0.075]]) {
    assertAlmostEquals(before.schedule(step), rate, 1e-12);
  }
  assertAlmostEquals(after.schedule(10), 0.05 + 0.05 * 170 / 180, 1e-12);
  assertAlmostEquals(after.schedule(30), 0.1 * (1 + Math.cos(Math.PI / 2)) / 2, 1e-12);
  // RIDE's teacher and student each warm up linearly from 0.
  for (const stage of stagesOf("ride3+distilled", { warmup: 40 })) {
    assertAlmostEquals(stage.schedule(9), 0.1 * 10 / 40, 1e-12);
    assertAlmostEquals(stage.schedule(39), 0.1, 1e-12);
  }
  // LTR-WD has none, so it is added in the first stage only.
  const [features, head] = stagesOf("ltr-wd", { warmup: 10 });
  assertAlmostEquals(features.schedule(0), 0.005, 1e-12);
  assertAlmostEquals(head.schedule(0), 0.01, 1e-12);
  assertEquals(rates(stagesOf("ce", { warmup: 0 })[0])[0], 0.1);
});

Deno.test("--schedule changes the shape of every stage, treating deferred parts as one", () => {
  const flat = stagesOf("ce+drw", { schedule: "constant" });
  assertRates(flat, [Array(160).fill(0.1), Array(40).fill(0.1)]);
  const [first, second] = stagesOf("crt", { schedule: "constant", lr: 0.05, warmup: 4 });
  [0.0125, 0.025, 0.0375, 0.05, 0.05].forEach((rate, step) =>
    assertAlmostEquals(first.schedule(step), rate, 1e-12)
  );
  assertEquals(new Set(rates(second)).size, 1);
  assertAlmostEquals(second.schedule(0), 0.1, 1e-12);
  const [ride] = stagesOf("ride3", { schedule: "cosine" });
  assertAlmostEquals(ride.schedule(12), 0.1, 1e-12);
  assert(ride.schedule(199) < 1e-4);
});

Deno.test("--weight-decay keeps the proportion of later stages, masks and factors", () => {
  const decays = (found: readonly Stage[]) =>
    found.map(({ optimizer }) => Number(Number(optimizer.description.weightDecay).toPrecision(6)));
  assertEquals(decays(stagesOf("ltr-wd")), [5e-3, 0.1]);
  assertEquals(decays(stagesOf("ltr-wd", { weightDecay: 1e-3 })), [1e-3, 0.02]);
  assertEquals(decays(stagesOf("xerm", { weightDecay: 0 })), [0, 0]);
  assertEquals(decays(stagesOf("mislas", { weightDecay: 1e-4 })), [1e-4, 4e-5]);
  assertEquals(
    stagesOf("mislas", { weightDecay: 1e-4 })[1].optimizer.sgd?.rate?.("head/bias"),
    0.5,
  );
  const decay = (path: string) => path !== "nbn/magnitude";
  const own: Stage = { ...stagesOf("ce")[0], optimizer: sgd({ weightDecay: 0.1, decay }) };
  const [masked] = changedStages([own], { weightDecay: 0.2 });
  assertEquals([masked.optimizer.sgd?.decay, masked.optimizer.sgd?.weightDecay], [decay, 0.2]);
});

Deno.test("--momentum and --optimizer apply to every stage", () => {
  const described = (found: readonly Stage[]) =>
    found.map(({ optimizer }) => optimizer.description);
  for (const { momentum, nesterov } of described(stagesOf("ride3+xerm", { momentum: 0.5 }))) {
    assertEquals([momentum, nesterov], [0.5, true]);
  }
  const adamw = stagesOf("ltr-wd", { optimizer: "adamw" });
  assertEquals(described(adamw).map(({ name }) => name), ["adamw", "adamw"]);
  assertEquals(described(adamw).map(({ weightDecay }) => weightDecay), [0.01, 0.2]);
  assertAlmostEquals(Math.max(...rates(adamw[0])), 1e-3, 1e-15);
  const explicit = stagesOf("crt", { optimizer: "adamw", lr: 3e-4, weightDecay: 0.05 });
  assertAlmostEquals(Math.max(...rates(explicit[0])), 3e-4, 1e-15);
  assertEquals(described(explicit).map(({ weightDecay }) => weightDecay), [0.05, 0.05]);
  assertEquals(described(stagesOf("crt", { optimizer: "sgd" })), described(stagesOf("crt")));
});

Deno.test("--statistics applies to stages that train a part, with their authors' setting as default", () => {
  const of = (tokens: string, settings: StageSettings = {}, dataSet?: string) =>
    stagesOf(tokens, settings, dataSet).map(({ statistics }) => statistics);
  for (const tokens of ["crt", "crt-magnitude+nbn", "lws", "ltr-wd"]) {
    assertEquals(of(tokens), [undefined, "shifting"], tokens);
    assertEquals(of(tokens, { statistics: "fixed" }), [undefined, "fixed"], tokens);
  }
  for (const tokens of ["disalign", "gcl+gcl-head", "iif-head"]) {
    assertEquals(of(tokens), [undefined, undefined], tokens);
    assertEquals(of(tokens, { statistics: "shifting" }), [undefined, "shifting"], tokens);
  }
  assertEquals(of("mislas"), [undefined, "fixed"]);
  assertEquals(of("mislas", {}, "cifar100-lt"), [undefined, "shifting"]);
});

Deno.test("train() throws on stage settings without effect", () => {
  const cases: [StageSettings, string, string][] = [
    [{ optimizer: "adamw", momentum: 0.9 }, "ce", "no --momentum with --optimizer adamw"],
    [{ momentum: 0 }, "ride3", "Nesterov"],
    [{ warmup: 200 }, "ce", "fewer steps than the 200 of the first stage but found 200"],
    [{ schedule: constantSchedule(1), lr: 0.1 }, "ce", "no --lr with a custom schedule"],
    [{ schedule: constantSchedule(1), warmup: 3 }, "ce", "no --warmup with a custom schedule"],
    [{ optimizer: sgd(), weightDecay: 1 }, "ce", "no --weight-decay with a custom optimizer"],
    [{ statistics: "fixed" }, "ce", "for instance crt, but found fixed without one"],
  ];
  for (const [settings, tokens, message] of cases) {
    assertThrows(() => stagesOf(tokens, settings), UsageError, message);
  }
});

const data = smallImages({ side: 8, max: 30, imbalance: 3 });
const images = data.train.labels.length;

Deno.test("--epochs is rounded up to whole steps", async () => {
  const steps = async (options: object) =>
    (await makePlan({ recipe: "builtin/ce", data, ...options })).iterations;
  assertEquals(await steps({ epochs: 2, batch: 16 }), Math.ceil(2 * images / 16));
  assertEquals(await steps({ epochs: 2, batch: 4, accumulate: 4 }), Math.ceil(2 * images / 16));
  assertEquals(await steps({ epochs: 0.001, batch: 16 }), 1);
  // 3 × 0.1 is a little more than 0.3 in binary.
  assertEquals(await steps({ epochs: 0.1 * 3, batch: images }), 1);
  assertEquals(await steps({ epochs: 10 * 0.3, batch: images }), 3);
  // Two parts of equal length, and a second stage of a ninth of it.
  assertEquals(await steps({ recipe: "builtin/crt", epochs: 9, batch: images }), 10);
});

Deno.test("a recipe's number of images counts all batches of a step", async () => {
  const of = async (batch: number, accumulate: number) =>
    (await makePlan({ recipe: "builtin/ltr-wd", data, iterations: 8, batch, accumulate })).stages;
  const [one, four] = [await of(64, 1), await of(16, 4)];
  assertEquals(four.map(rates), one.map(rates));
});

Deno.test("train() throws on inapplicable settings before the first step", async () => {
  const { network } = await makePlan({ recipe: "builtin/ce", data });
  const own = { data, network, loss: crossEntropy(), batch: 4, iterations: 8 };
  const named = { recipe: "builtin/ce", data, batch: 4, iterations: 8 };
  const cases: [object, string][] = [
    [{ ...named, epochs: 2 }, "--iterations or --epochs but found both"],
    [{ ...named, keepBest: true }, "Expected --out"],
    [{ ...named, earlyStop: 7 }, "less than the 7 evaluations"],
    [{ ...named, recipe: "builtin/focal", labelSmoothing: 0.1 }, "without --label-smoothing"],
    [{ ...named, recipe: "builtin/ride3", labelSmoothing: 0.1 }, "without --label-smoothing"],
    [{ ...own, labelSmoothing: 0.1 }, "crossEntropy({ smoothing: 0.1 })"],
    [{ ...own, width: 2 }, "no --width with a custom network"],
    [{ ...own, network: undefined, architecture: "resnet8" }, "no --network without a recipe"],
    [{ ...named, network, architecture: "resnet8" }, "with a custom network"],
    [{ ...named, architecture: "resnet18", width: 2 }, "no --width for resnet18"],
    [{ ...named, width: 0.01 }, "at least 0.05"],
  ];
  for (const [options, message] of cases) {
    await assertRejects(() => makePlan(options), UsageError, message);
  }
  for (const [name, value] of Object.entries({ accumulate: 0, clipNorm: 0, labelSmoothing: 1 })) {
    await assertRejects(() => makePlan({ ...named, [name]: value }), RangeError, name);
  }
  await assertRejects(() => makePlan({ ...named, groups: [9, 3] }), RangeError, "groups");
});
