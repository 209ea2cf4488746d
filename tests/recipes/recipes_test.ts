/**
 * Recipes: compatible tokens, and reasons for incompatible ones.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { KINDS, ofKind } from "../../lib/recipes/kinds.ts";
import { listRecipes, recipe } from "../../lib/recipes/mod.ts";
import { TOKENS } from "../../lib/recipes/registry.ts";

const REFUSED: Record<string, string> = {
  "nonsense+ce": 'found "nonsense"',
  "ce+balanced_sofmax": 'found "balanced_sofmax" (did you mean balanced-softmax?)',
  "ce+focal": "found ce and focal",
  "ce+ce": "found ce twice",
  nbn: "one loss",
  "ce+class-balanced+reversed": "one sampler",
  "ce+mixup+cmo": "one mixing",
  "ce+crt+lws": "one second stage",
  "ce+ncm+logn": "one post-hoc method",
  "ldam+crt": "trains a linear classifier, and ldam has none",
  "ldam+lws": "scales the weights of a linear classifier, and ldam has none",
  "tsc+tau-norm": "features times weights, and tsc has none",
  "iif-smooth+ltr-wd": "and iif-smooth has none",
  "ce+tau-norm+lr": "tau-norm changes the weights that LR's statistics belong to",
  "lws+tau-norm": "features times weights",
  "crt-magnitude": "to have nbn with crt-magnitude",
  "iif+iif-head":
    "ce with iif-head, since iif-head has its own losses, the first ce, but found iif",
  "iif-head+tau-norm": "features times weights, and iif-head has none",
  "ce+ride3+iif-head": "iif-head with ride3, since iif-head is for one classifier",
  "ce+gcl-head": "to have gcl with gcl-head",
  "focal+mislas": "own losses",
  "balanced-softmax+xerm": "own losses",
  "seesaw+mixup": "mixup mixes images, and seesaw counts the one label of each image",
  "dtrg+cmo": "centre of its one class",
  "focal+remix": "remix gives each image a separate target, and focal accepts one label",
  "drw+ce+remix":
    "remix with drw, since remix gives each image a separate target, and drw has a loss",
  "xerm+remix":
    "remix with xerm, since remix gives each image a separate target, and xerm has a loss",
  "seesaw+drw": "drw weights classes, and seesaw accepts no weights",
  "ldam-drw+drs": "already defers",
  "balanced-softmax+post-hoc-adjust": "adjusts logits already adjusted by the loss",
  "ala+lr": "cosines",
  ride1:
    "at least 2 experts (ride2, ride3, ride4) but found ride1: a single expert has no diversity",
  "ride2+ride3": "one number of experts but found ride2 and ride3",
  "dtrg+ride3": "the logits of each expert, and dtrg uses features, not only logits",
  "bcl+ride3": "the logits of each expert, and bcl uses projections, not only logits",
  "ce+ride3+crt":
    "crt with ride3, since crt is for one classifier, and ride3 has a classifier for each expert",
  "ldam-drw+ride3+xerm": "xerm has its own losses, the first ce, but found ldam-drw",
  "ace+xerm": "to have ce with xerm",
  "ride3+xerm+mixup": "mixup with ride3",
  "ce+ride3+tau-norm": "tau-norm with ride3",
  "ace+tau-norm": "tau-norm with ace",
  "ce+ride3+mixup": "mixup replaces the loss, and ride3 has a loss over all experts",
  "ce+ride3+drw": "drw with ride3",
  "ce+distilled":
    "to have ride2, ride3, ride4 with distilled, since distilled trains experts by a teacher of six",
  "ride3+distilled+routed": "one second stage but found",
  "ride3+distilled+cmo": "cmo with ride3",
  "ce+routed": "to have ride2, ride3, ride4 with routed",
  "ce+nbn+nbn-a": "one kind of norm layers but found nbn and nbn-a",
  "ce+variance-1+replace-ln": "variance-1 needs BN there",
  "ce+variance-1+mixup": "mixup replaces the loss, and variance-1 adds a term to the loss",
  "ce+variance-1+drw": "drw with variance-1",
  "cbn+nbn": "one kind of norm layers but found cbn and nbn",
  "cbn+ride3": "cbn with ride3, since cbn has a second path of a single classifier",
  "bcl+cbn": "cbn has a second path, of which losses see the logits alone, and bcl uses",
  "cbn+remix": "and cbn has a loss of two paths for one label per image",
  "ce+variance-1+cbn": "variance-1 needs BN there",
  "ce+variance-1+xerm": "would regularise the teacher alone",
  "ce+ride3+distilled+variance-1": "would regularise the teacher alone",
  "mbj+lr": "mbj applies the classifier to remembered features, and lr changes the logits",
  "tsc+mbj": "and tsc computes logits from the classifier's output",
  "dtrg+mbj": "mbj remembers one feature of each image, and dtrg uses features",
  "mbj+mixup": "mixup replaces the loss, and mbj adds a term to the loss",
  "mbj+drw": "drw with mbj",
  "mbj+xerm": "xerm with mbj, since mbj",
  "ride3+mbj+distilled": "distilled with mbj, since mbj",
  "ace+mixup": "its own classes",
  "bcl+cmo": "compares views of one image",
  "paco+mixup": "compares views of one image",
};

for (const [tokens, reason] of Object.entries(REFUSED)) {
  Deno.test(`recipe() throws on ${tokens} with the reason`, () => {
    const { message } = assertThrows(() => recipe(`builtin/${tokens}`), UsageError, reason);
    assert(message.startsWith("Expected ") && !message.includes("\n"));
  });
}

Deno.test("recipe() suggests the nearest token or data set, without listing all", () => {
  const unknown = assertThrows(() => recipe("builtin/ce+class-balance"), UsageError);
  assert(unknown.message.endsWith('found "class-balance" (did you mean class-balanced?)'));
  assert(unknown.message.length < 200);
  assertThrows(() => recipe("ciphar10-lt/ce"), UsageError, "(did you mean cifar10-lt?)");
  assertThrows(() => recipe("built-in/ce"), UsageError, "(did you mean builtin?)");
});

Deno.test("recipe() accepts tokens in any order and adds required ones", () => {
  const stages = (tokens: string) =>
    recipe(`builtin/${tokens}`)
      .stages({ iterations: 90, batch: 8, counts: [9, 3], augment: [] })
      .map(({ name, iterations }) => `${name} ${iterations}`);
  assertEquals(stages("crt"), ["training 90", "classifier 10"]);
  assertEquals(stages("nbn+crt+ce"), stages("ce+crt+nbn"));
  assertEquals(stages("drw+ce+crt+logn"), [
    ...["training 72", "re-weighted 18", "classifier 10", "logn 0"],
  ]);
  for (const tokens of [["ride3", "logn"], ["ride3", "xerm"], ["ride3", "iif", "logn"]]) {
    const [one, other] = [tokens, tokens.toReversed()].map((tokens) => tokens.join("+"));
    assertEquals(recipe(`builtin/${one}`).about, recipe(`builtin/${other}`).about);
  }
  assertEquals(recipe("builtin/ride3+xerm").about, recipe("builtin/ce+ride3+xerm").about);
  assertEquals(recipe("builtin/ride3+logn").about, recipe("builtin/ldam-drw+ride3+logn").about);
  assertEquals(recipe("builtin/mislas").about, recipe("builtin/ce+mixup+mislas").about);
});

Deno.test("a deferral continues the learning rates and optimizer of the training", () => {
  const setting = { iterations: 100, batch: 8, counts: [9, 3], augment: [] };
  const [whole] = recipe("builtin/ce").stages(setting);
  const [first, second] = recipe("builtin/ce+drs").stages(setting);
  assertEquals([first.schedule(79), second.schedule(0)], [whole.schedule(79), whole.schedule(80)]);
  assertEquals([first.iterations, second.iterations, second.continues], [80, 20, true]);
});

Deno.test("the paper's recipes for CIFAR have the lengths and rates of the paper", () => {
  for (const dataSet of ["cifar10-lt", "cifar100-lt"]) {
    for (const tokens of ["ce", "ce+nbn+lr", "balanced-softmax+nbn+lr", "focal", "ldam"]) {
      const { iterations, batch, augment, stages } = recipe(`${dataSet}/${tokens}`);
      assertEquals([iterations, batch], [13_000, 512]);
      const [{ schedule, optimizer }] = stages({ iterations, batch, counts: [500, 5], augment });
      // A half cosine from 0.1 at step 800 to 0: 0.05 at step 6,900.
      for (const [step, rate] of [[0, 0.05], [400, 0.075], [800, 0.1], [6900, 0.05], [12_999, 0]]) {
        assertAlmostEquals(schedule(step), rate, 1e-8);
      }
      const { momentum, weightDecay, nesterov } = optimizer.description;
      assertEquals([momentum, weightDecay, nesterov], [0.9, 5e-4, false]);
    }
  }
  const networks = ["cifar10-lt/ce", "cifar100-lt/ce"].map((name) => recipe(name).network(10).name);
  assertEquals(networks, ["resnet32", "resnet32-x4"]);
});

Deno.test("stages have the rates and weight decays of their authors' configurations", () => {
  const of = (name: string, stage: number) => {
    const counts = [500, 5], { augment } = recipe(name);
    const { schedule, optimizer } = recipe(name)
      .stages({ iterations: 2000, batch: 512, counts, augment })[stage];
    return [schedule(0), optimizer.description.weightDecay];
  };
  const decays: Record<string, number> = {
    "cifar10-lt/mislas": 2e-4,
    "cifar100-lt/mislas": 2e-4,
    "imagenet-lt/mislas": 5e-4,
    "places-lt/mislas": 5e-4,
    "inaturalist2018/mislas": 1e-4,
    "cifar10-lt/gcl+gcl-head": 2e-4,
    "inaturalist2018/gcl+gcl-head": 2e-4,
    "places-lt/gcl+gcl-head": 5e-4,
  };
  for (const [name, decay] of Object.entries(decays)) assertEquals(of(name, 1), [0.1, decay], name);
  assertEquals(of("cifar10-lt/gcl", 0)[1], 2e-4);
  // 0.05 for a batch of 256.
  assertEquals(of("imagenet-lt/xerm", 1), [0.1, 5e-4]);
  assertEquals(of("cifar100-lt/xerm", 1), [0.05, 1e-4]);
});

Deno.test("the list has every token and each recipe once, with description and source", () => {
  const rows = listRecipes();
  assertEquals(new Set(rows.map(({ name }) => name)).size, rows.length);
  for (const { name, about, source } of rows) {
    assert(about.length > 5 && source.length > 5, name);
    assertEquals(recipe(name).name, name);
  }
  const listed = new Set(rows.flatMap(({ name }) => name.replace(/.*\//, "").split("+")));
  assertEquals(TOKENS.filter(({ name }) => !listed.has(name)), []);
  assert(rows.some(({ row }) => row === "Table XI, Cross Entropy"));
  for (const kind of KINDS) assert(ofKind(TOKENS, kind).length > 0);
});
