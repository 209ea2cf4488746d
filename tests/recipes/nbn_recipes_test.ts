/**
 * The bias of NBN by token.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { flatten, unflatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { evaluateRun } from "../../lib/runs/evaluate_run.ts";
import { openRun } from "../../lib/runs/open_run.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "../train/small_images.ts";

await engine();

/** Length of β for u of length 0.5, g = 2 and a g of the bias alone of 3, by the paper's equation 2 and its code, and for biases without a magnitude. */
const LENGTHS: Record<string, number> = {
  "nbn": 2 * 0.5 / Math.sqrt(0.5 ** 2 + 1),
  "nbn-reference": 2 * 0.5 / (0.5 + 1e-6),
  "nbn-untied": 3 * 0.5 / Math.sqrt(0.5 ** 2 + 1),
  "nbn-plain-bias": 0.5,
  "nbn-zero-bias": 0,
};

for (const [token, length] of Object.entries(LENGTHS)) {
  Deno.test(`the bias of ${token} has length ${length.toFixed(3)}`, () => {
    const net = recipe(`builtin/ce+${token}`).network(10);
    const { params, state } = net.init(0, [8, 8, 3]);
    const filled = unflatten(
      flatten(params).map(([path, tensor]) => {
        if (path.endsWith("/biasMagnitude")) return [path, tf.scalar(3)] as const;
        if (path.endsWith("/magnitude")) return [path, tf.scalar(2)] as const;
        if (path !== "stage3/block1/bn2/bias") return [path, tensor] as const;
        return [path, tf.tensor1d([0.3, 0.4, ...Array(tensor.size - 2).fill(0)])] as const;
      }),
    );
    const found: number[] = [];
    net.apply(filled, state, tf.ones([1, 8, 8, 3]), {
      training: false,
      onNorm: ({ kind, bias }) => kind === "nbn" && found.push(bias.norm().dataSync()[0]),
    });
    assertEquals(found.length, 1);
    assertAlmostEquals(found[0], length, 1e-5);
  });
}

Deno.test("NBN that starts as batch norm computes the same at first, with one magnitude or two", () => {
  const logits = (method: string) => {
    const net = recipe(`builtin/${method}`).network(10);
    const { params, state } = net.init(3, [8, 8, 3]);
    const images = tf.randomUniform([2, 8, 8, 3], -1, 1, "float32", 5);
    return net.apply(params, state, images, { training: false }).y.dataSync();
  };
  const plain = logits("ce");
  for (const token of ["nbn-bn-start", "nbn-bn-start-untied"]) {
    const normalized = logits(`ce+${token}`);
    for (const [at, value] of normalized.entries()) assertAlmostEquals(value, plain[at], 1e-5);
  }
  assert(Math.abs(logits("ce+nbn")[0] - plain[0]) > 1e-3, "the test sees the magnitude");
});

Deno.test("runs with and without a bias of their own are opened as they were trained", () =>
  inFolder(async (folder) => {
    const data = smallImages({ side: 8, max: 8, imbalance: 4 });
    for (const token of ["nbn-plain-bias", "nbn-zero-bias"]) {
      const out = `${folder}/${token}`;
      const trained = await train({
        recipe: `builtin/ce+${token}`,
        data,
        iterations: 2,
        batch: 4,
        out,
      });
      const run = await openRun(out, { data });
      const paths = flatten(run.params).map(([path]) => path);
      assertEquals(paths.includes("stage3/block1/bn2/bias"), token === "nbn-plain-bias");
      assert(paths.includes("stage3/block1/bn1/bias") && paths.includes("nbn/magnitude"));
      run.dispose();
      assertEquals((await evaluateRun(out, { data })).perClass, trained.perClass);
    }
  }));
