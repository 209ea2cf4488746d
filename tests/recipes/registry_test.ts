/**
 * User-registered tokens, data sets and recipes: trained, resumed, opened, and refused without their registry.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { mislasConstants } from "../../lib/recipes/second_stages/mislas.ts";
import {
  type DataSet,
  type LayerToken,
  listRecipes,
  type LossToken,
  recipe,
  type Registry,
} from "../../lib/recipes/mod.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { openModel } from "../../lib/runs/open_model.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";

const smooth: LossToken = {
  kind: "loss",
  name: "smooth",
  about: "cross-entropy of smoothed labels",
  source: "Szegedy et al. 2016",
  functions: ["crossEntropy"],
  loss: () => crossEntropy({ smoothing: 0.1 }),
  refuses: { lws: "is tried without LWS" },
};
const everywhere: LayerToken = {
  kind: "layer",
  name: "nbn-everywhere",
  about: "NBN at every BN",
  source: "here",
  functions: ["nbn"],
  norm: () => nbn({ placement: "C" }),
};
const few: DataSet = {
  name: "few",
  scale: "small",
  family: "cifar100",
  network: "resnet8",
  width: 0.25,
  iterations: 4,
  batch: 4,
  augment: [],
  load: ({ seed }) =>
    Promise.resolve({
      split: builtin({ max: 8, imbalance: 4, testImages: 1, seed }),
      provenance: { max: 8 },
    }),
};
const registry: Registry = { tokens: [smooth, everywhere], dataSets: [few] };

Deno.test("recipe() composes user-registered tokens and data sets with built-in ones", () => {
  const { about, iterations, network } = recipe("few/smooth+nbn-everywhere+lr", { registry });
  assertEquals(about, "cross-entropy of smoothed labels; NBN at every BN; Logits Rectification");
  assertEquals(iterations, 4);
  assertEquals(network(10).name, "resnet8-x0.25");
  // Properties of the data set apply, not its name.
  assertEquals(mislasConstants({ dataSet: few, counts: [500, 5] }).head, 0.4);
  assert(!listRecipes().some(({ name }) => name.endsWith("/smooth")), "the library is unchanged");
});

Deno.test("recipe() checks user-registered tokens like built-in ones", () => {
  const refused = (name: string, reason: string, own = registry) =>
    assertThrows(() => recipe(name, { registry: own }), UsageError, reason);
  refused("few/smooth+nbn-everywhere+nbn", "one kind of norm layers");
  refused("few/smooth+lws", "not to combine lws with smooth, since smooth is tried without LWS");
  refused("few/smooth+drw", "drw weights classes, and smooth accepts no weights");
  refused("few/smoth", "(did you mean smooth?)");
  refused("fex/smooth", "(did you mean few?)");
  refused("few/ce", '"ce": choose another', { tokens: [{ ...smooth, name: "ce" }] });
  refused("few/ce", '"builtin": choose', { dataSets: [{ ...few, name: "builtin" }] });
  refused("few/ce", '"a+b"', { tokens: [{ ...smooth, name: "a+b" }] });
  const needy = { ...smooth, needs: { "nbn-everywhere": "needs it" } };
  refused("few/smooth", "to have nbn-everywhere with smooth", {
    ...registry,
    tokens: [needy, everywhere],
  });
  refused("few/needless", 'found "nothing"', {
    ...registry,
    tokens: [{ ...smooth, name: "needless", brings: ["nothing"] }],
  });
  assertThrows(() => recipe("few/smooth"), UsageError, '"few"');
});

Deno.test("a user-registered recipe is a built-in recipe with other defaults", async () => {
  const short = { ...recipe("few/ce", { registry }), name: "mine/short", iterations: 2 };
  const { recipe: name, iterations } = await train({
    recipe: "mine/short",
    registry: { recipes: [short] },
  });
  assertEquals([name, iterations], ["mine/short", 2]);
  assertThrows(
    () => recipe("mine/short", { registry: { recipes: [short] }, width: 2 }),
    UsageError,
    "no --width for recipe mine/short",
  );
});

Deno.test("a run with user-registered tokens is resumed and opened only with the same registry", () =>
  inFolder(async (out) => {
    const options = { recipe: "few/smooth+lr", registry, out, evaluateEvery: 4 };
    const whole = await train({ ...options, out: `${out}/whole` });
    const controller = new AbortController();
    const part = { ...options, out: `${out}/part` };
    await train({
      ...part,
      signal: controller.signal,
      onProgress: (event) => event.kind === "step" && event.step === 2 && controller.abort(),
    });
    const message =
      `Expected the registry that ${out}/part was trained with, which has few and smooth`;
    await assertRejects(
      () => train({ ...part, registry: undefined, resume: true }),
      UsageError,
      `${message}, but found none`,
    );
    await assertRejects(
      () => train({ ...part, registry: { dataSets: [few] }, resume: true }),
      UsageError,
      "which has smooth, but found few",
    );
    const other = { ...registry, tokens: [{ ...smooth, about: "another loss" }] };
    await assertRejects(
      () => train({ ...part, registry: other, resume: true }),
      UsageError,
      "registered.smooth",
    );
    const resumed = await train({ ...part, resume: true });
    assertEquals(resumed.loss, whole.loss);
    await assertRejects(() => evaluateRun(part.out), UsageError, `${message}, but found none`);
    await assertRejects(() => openModel(part.out), UsageError, message);
    assertEquals((await evaluateRun(part.out, { registry })).all, whole.all);
    const model = await openModel(part.out, { registry });
    assertEquals(model.recipe, "few/smooth+lr");
    model.dispose();
  }));
