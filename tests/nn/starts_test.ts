/**
 * Initialisation of linear layers, against PyTorch (tests/golden/make_starts.py).
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { linear } from "../../lib/nn/linear.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import golden from "../golden/starts.json" with { type: "json" };

await engine();

const UNITS = 2000;

/** Statistics computed by the script. */
function moments(weight: tf.Tensor, bias?: tf.Tensor): Record<string, number> {
  return tf.tidy(() => {
    const numbers = (x: tf.Tensor) => {
      const deviation = tf.moments(x).variance.sqrt();
      return { deviation, largest: x.abs().max(), kurtosis: x.div(deviation).pow(4).mean() };
    };
    const lengths = weight.square().sum(0).sqrt();
    const { deviation, largest } = numbers(bias ?? weight);
    const found: Record<string, tf.Tensor> = {
      ...numbers(weight),
      length: lengths.mean(),
      lengthDeviation: tf.moments(lengths).variance.sqrt(),
      ...(bias ? { biasDeviation: deviation, biasLargest: largest } : {}),
    };
    return Object.fromEntries(Object.entries(found).map(([name, x]) => [name, x.dataSync()[0]]));
  });
}

/** Fewer draws than the script's have a smaller range. */
const TOLERANCE: Record<string, number> = { largest: 0.25, lengthDeviation: 0.1 };

for (
  const [name, options] of [
    ["pytorch", {}],
    ["he", { start: "he" }],
    ["cosine", { cosine: true }],
  ] as const
) {
  Deno.test(`linear() initialises like PyTorch: ${name}`, () => {
    const { params } = linear({ units: UNITS, ...options }).init(rng(1), [golden.inputs]);
    const found = moments(params.weight as tf.Tensor, params.bias as tf.Tensor | undefined);
    assertEquals(Object.keys(found), Object.keys(golden[name]));
    for (const [moment, value] of Object.entries<number>(golden[name])) {
      assertAlmostEquals(found[moment], value, (TOLERANCE[moment] ?? 0.03) * value + 1e-6, moment);
    }
  });
}

Deno.test("the head of a CIFAR network initialises like nn.Linear, with a deviation of 0.07", () => {
  const { params } = resnetCifar({ depth: 8, classes: 100 }).init(0, [32, 32, 3]);
  const { weight, bias } = params.head as Record<string, tf.Tensor>;
  const { deviation, largest } = moments(weight);
  assertAlmostEquals(deviation, golden.pytorch.deviation, 0.002);
  assert(largest <= 1 / 8 && bias.abs().max().dataSync()[0] <= 1 / 8);
});

Deno.test("linear() throws on an unknown initialisation", () => {
  assertThrows(
    () => linear({ units: 2, start: "zeros" as never }),
    RangeError,
    "Expected start to be pytorch or he but found zeros",
  );
});
