/**
 * What the tokens of NBN make of its bias.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { flatten, unflatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { recipe } from "../../lib/recipes/mod.ts";

await engine();

/** Length of β for u of length 0.5, g = 2 and a g of the bias alone of 3, by the paper's equation 2 and its code. */
const LENGTHS: Record<string, number> = {
  "nbn": 2 * 0.5 / Math.sqrt(0.5 ** 2 + 1),
  "nbn-reference": 2 * 0.5 / (0.5 + 1e-6),
  "nbn-untied": 3 * 0.5 / Math.sqrt(0.5 ** 2 + 1),
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
