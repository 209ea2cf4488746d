import { assertThrows } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { detachedFrom, valueAndGradients } from "../../lib/engine/mod.ts";
import { testOnBackends } from "../backends.ts";

testOnBackends("valueAndGradients() throws on a loss that is not a scalar", () =>
  tf.tidy(() => {
    const x = tf.tensor1d([1, 2]);
    assertThrows(
      () => valueAndGradients(({ x }) => ({ loss: x.square() as tf.Tensor as tf.Scalar }), { x }),
      TypeError,
      "Expected the loss to be a scalar but found shape [2]",
    );
  }));

testOnBackends("valueAndGradients() names an operation without a gradient", () =>
  tf.tidy(() => {
    const x = tf.tensor2d([[1, 2]]);
    const wrong = (x: tf.Tensor) => x.argMax(1).notEqual(tf.tensor1d([0], "int32")).toFloat();
    const loss = (weight: tf.Tensor, x: tf.Tensor) => x.sum().mul(weight.mean()) as tf.Scalar;
    assertThrows(
      () => valueAndGradients(({ x }) => ({ loss: loss(wrong(x), x) }), { x }),
      TypeError,
      "within detachedFrom()",
    );
    valueAndGradients(({ x }) => ({ loss: loss(detachedFrom(wrong, x), x) }), { x });
  }));
