/**
 * Losses of cosines after LR: unscaled logits and a scale of 1, as in the paper's code.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { flatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import {
  type AnyLoss,
  gcl,
  ldam,
  rideDistillation,
  rideLoss,
  stateful,
  xermExperts,
} from "../../lib/losses/mod.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { randomTensor } from "../finite_difference.ts";

await engine();

const counts = [500, 100, 20, 4];
const setting = { iterations: 200, batch: 128, counts, augment: [] };

/** Value of a loss for fixed random logits. */
function valueOf(loss: AnyLoss): number {
  return tf.tidy(() => {
    const logits = [1, 2, 3, 4].map((seed) => randomTensor<tf.Tensor2D>([6, 4], rng(seed), 2));
    const { init, apply } = stateful(loss);
    const state = init({ batch: 6, experts: 3, channels: 8 });
    const { loss: value } = apply(state, logits[0], tf.tensor1d([0, 1, 2, 3, 3, 0], "int32"), {
      progress: 0.9,
      seed: tf.tensor1d([1, 2], "int32"),
      experts: logits.slice(1),
      teacher: logits[0],
    });
    return value.dataSync()[0];
  });
}

const defers = { deferAt: 0.8 };
/** Losses of each recipe's stages, of cosines and after LR. */
const LOSSES: Record<string, { stage: number; scaled: AnyLoss; plain: AnyLoss }> = {
  "ldam": { stage: 0, scaled: ldam(counts), plain: ldam(counts, { scale: 1 }) },
  "ldam-drw": {
    stage: 0,
    scaled: ldam(counts, defers),
    plain: ldam(counts, { ...defers, scale: 1 }),
  },
  "ldam+drw": {
    stage: 1,
    scaled: ldam(counts, { deferAt: 0 }),
    plain: ldam(counts, { deferAt: 0, scale: 1 }),
  },
  "gcl": { stage: 0, scaled: gcl(counts), plain: gcl(counts, { scale: 1 }) },
  "gcl+gcl-head": {
    stage: 1,
    scaled: gcl(counts, { scale: 20, margin: 0.1, gamma: 1 }),
    plain: gcl(counts, { scale: 1, margin: 0.1, gamma: 1 }),
  },
  "ride3": { stage: 0, scaled: rideLoss(counts), plain: rideLoss(counts, { scale: 1 }) },
  "ride3+distilled": {
    stage: 1,
    scaled: rideDistillation(counts, { base: ldam(counts, defers) }),
    plain: rideDistillation(counts, { base: ldam(counts, { ...defers, scale: 1 }), scale: 1 }),
  },
};

for (const [tokens, { stage, scaled, plain }] of Object.entries(LOSSES)) {
  Deno.test(`${tokens} scales cosines, but not logits after LR`, () => {
    for (const [name, expected] of [[tokens, scaled], [`${tokens}+nbn+lr`, plain]] as const) {
      const { stages, network } = recipe(`builtin/${name}`);
      assertAlmostEquals(valueOf(stages(setting)[stage].loss), valueOf(expected), 1e-4, name);
      const { params } = network(counts.length, counts).init(0, [8, 8, 3]);
      const heads = flatten(params).map(([path]) => path).filter((path) => /head\//.test(path));
      assertEquals(heads.some((path) => path.endsWith("head/bias")), expected === plain, name);
      assert(heads.length > 0);
    }
    assert(Math.abs(valueOf(scaled) - valueOf(plain)) > 1, "a scale of 1 makes no difference");
  });
}

Deno.test("xERM with RIDE uses unscaled logits with and without LR", () => {
  for (const name of ["ride3+xerm", "ride3+xerm+lr"]) {
    const loss = recipe(`builtin/${name}`).stages(setting)[1].loss;
    assertAlmostEquals(valueOf(loss), valueOf(xermExperts(counts, { scale: 1 })), 1e-4, name);
  }
});

Deno.test("the head of ldam is linear after LR, so that it can be retrained", () => {
  const { stages } = recipe("builtin/ldam+lr+crt");
  assertEquals(stages(setting).map(({ name }) => name), ["training", "classifier"]);
});
