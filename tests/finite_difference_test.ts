import { assertThrows } from "@std/assert";
import { rng } from "../lib/core/rng.ts";
import { tf } from "../lib/deps/tfjs.ts";
import { testOnBackends } from "./backends.ts";
import { assertGradients, randomTensor } from "./finite_difference.ts";

testOnBackends("assertGradients() passes correct gradients and throws on wrong ones", () => {
  const x = randomTensor([3, 4], rng(1));
  assertGradients((x) => x.square(), [x]);
  for (const factor of [0.98, 1.02, -1, 0]) {
    const wrong = tf.customGrad((x) => ({
      value: (x as tf.Tensor).square(),
      gradFunc: (dy: tf.Tensor) => dy.mul(x as tf.Tensor).mul(2 * factor),
    }));
    assertThrows(() => assertGradients(wrong, [x]));
  }
});
