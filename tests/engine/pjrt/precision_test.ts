/**
 * bfloat16 and TF32 in the modules of accelerators: what is rounded, and what is not.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { recordedModule } from "../../../bench/gpu/recorded_module.ts";
import { rng } from "../../../lib/core/rng.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";
import type { Precision } from "../../../lib/engine/precision.ts";
import { randomTensor } from "../../finite_difference.ts";
import { accelerator, testOnPlugin, valuesOnPlugin } from "./on_plugin.ts";
import { firstSteps } from "./recipe_steps.ts";

/** The largest relative error of rounding to bfloat16, which has 8 digits. */
const ROUNDING = 2 ** -9;

/** The module of a training step, by lines. */
async function linesOf(precision: Precision, tf32 = true): Promise<string[]> {
  const module = await recordedModule(
    accelerator!.client,
    () => firstSteps("builtin/ce+nbn+lr", 1, currentBackend().accelerator, precision),
    { tf32 },
  );
  return module.split("\n");
}

const isProduct = (line: string) => /stablehlo\.(convolution|dot_general)\b/.test(line);

testOnPlugin(
  "in bf16, the operands of convolutions and products are bfloat16, all else float32",
  async () => {
    const lines = await linesOf("bf16"), products = lines.filter(isProduct);
    const typesOf = (line: string) =>
      [...line.matchAll(/tensor<[^>]*?(\w+)>/g)].map(([, type]) => type.replace(/^.*x/, ""));
    const kinds = products.map((line) => `${/stablehlo\.(\w+)/.exec(line)![1]} ${typesOf(line)}`);
    assertEquals(
      [...new Set(kinds)].sort(),
      ["convolution bf16,bf16,bf16", "dot_general bf16,bf16,f32"],
    );
    const others = lines.filter((line) => line.includes("bf16") && !isProduct(line));
    assertEquals(others.filter((line) => !line.includes("stablehlo.convert")), []);
    // Parameters and optimizer state, which are the inputs and outputs, too.
    assert(!lines[1].includes("bf16") && lines[1].includes("tensor<3x3x3x16xf32>"));
  },
);

testOnPlugin("TF32 is allowed unless it is switched off", async () => {
  for (const [tf32, expected] of [[true, "DEFAULT"], [false, "HIGHEST"]] as const) {
    const found = (await linesOf("float32", tf32)).filter(isProduct)
      .flatMap((line) => line.match(/\b(DEFAULT|HIGHEST)\b/g));
    assertEquals([...new Set(found)], [expected]);
  }
});

/** A convolution and a product, with the gradients of the convolution. */
function compute(images: tf.Tensor, filter: tf.Tensor, rows: tf.Tensor, matrix: tf.Tensor) {
  const convolve = (images: tf.Tensor, filter: tf.Tensor) =>
    tf.conv2d(images as tf.Tensor4D, filter as tf.Tensor4D, 1, "same");
  const y = convolve(images, filter);
  const gradients = tf.grads(convolve)([images, filter], tf.onesLike(y));
  return [y, ...gradients, tf.matMul(rows as tf.Tensor2D, matrix as tf.Tensor2D)];
}

testOnPlugin("bf16 is within bfloat16's rounding of float32, and not equal to it", async () => {
  const inputs = [[4, 6, 6, 8], [3, 3, 8, 5], [4, 32], [32, 6]]
    .map((shape, i) => randomTensor(shape, rng(0).fork(`${i}`)));
  const sizes = inputs.map((input) => input.abs());
  const [found, exact, size] = [
    await valuesOnPlugin(compute, inputs, { precision: "bf16" }),
    await valuesOnPlugin(compute, inputs),
    await valuesOnPlugin(compute, sizes),
  ];
  for (const [i, values] of found.entries()) {
    let differs = false;
    for (const [k, value] of values.entries()) {
      // Both operands are rounded, and the result of a convolution.
      const most = size[i][k] * (2.1 * ROUNDING) + Math.abs(exact[i][k]) * (1.1 * ROUNDING);
      const error = Math.abs(value - exact[i][k]);
      assert(error <= most, `result ${i}: ${value} is ${error} from float32, more than ${most}`);
      differs ||= error > 0;
    }
    assert(differs, `result ${i} is not rounded`);
  }
  tf.dispose([...inputs, ...sizes]);
});

testOnPlugin("in bf16, sums are float32: bfloat16 would not count beyond 256", async () => {
  const count = 4096, ones = (...shape: number[]) => tf.ones(shape);
  const inputs = [ones(1, 1, 1, count), ones(1, 1, count, 1), ones(1, count), ones(count, 1)];
  const [y, , , product] = await valuesOnPlugin(compute, inputs, { precision: "bf16" });
  assertEquals([y, product], [[count], [count]]);
  tf.dispose(inputs);
});
