import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { normalizedAffine } from "../../lib/nn/normalized_affine.ts";
import { testOnBackends } from "../backends.ts";
import { assertNear, formulaTensor } from "./formula.ts";
import { golden } from "./golden.ts";

testOnBackends("normalizedAffine() and its gradients agree with PyTorch", () => {
  for (const { rule, at, ...expected } of golden.affine) {
    const direction = at === "random"
      ? formulaTensor("direction", [7])
      : tf.fill([7], at === "ones" ? 1 : 0);
    const cotangent = formulaTensor("cotangent", [7]);
    const { value, grads } = tf.valueAndGrads((v: tf.Tensor, g: tf.Tensor) =>
      normalizedAffine(v as tf.Tensor1D, g as tf.Scalar, { rule }).mul(cotangent).sum() as tf.Scalar
    )([direction, tf.scalar(1.7)]);
    const y = normalizedAffine(direction as tf.Tensor1D, tf.scalar(1.7), { rule });
    assertEquals(value.shape, []);
    assertNear(`y of ${rule} at ${at}`, y, expected.y, 1e-6);
    assertNear(`∂v of ${rule} at ${at}`, grads[0], expected.direction, 1e-5);
    assertNear(`∂g of ${rule} at ${at}`, grads[1], expected.magnitude, 1e-5);
  }
});

testOnBackends("gradients of normalizedAffine() agree with finite differences", () => {
  const cotangent = formulaTensor("cotangent", [5]);
  for (const rule of ["exact", "reference", "smooth"] as const) {
    const loss = (v: tf.Tensor, g: tf.Tensor) =>
      normalizedAffine(v as tf.Tensor1D, g as tf.Scalar, { rule }).mul(cotangent)
        .sum() as tf.Scalar;
    const values = [...formulaTensor("point", [5], 2).dataSync()];
    const [dv, dg] = tf.grads(loss)([tf.tensor1d(values), tf.scalar(0.8)]);
    const step = 1e-2;
    const at = (i: number, by: number) =>
      loss(tf.tensor1d(values.map((value, j) => j === i ? value + by : value)), tf.scalar(0.8))
        .dataSync()[0];
    dv.dataSync().forEach((derivative, i) =>
      assertAlmostEquals(derivative, (at(i, step) - at(i, -step)) / (2 * step), 1e-3)
    );
    const v = tf.tensor1d(values);
    const high = loss(v, tf.scalar(0.9)).dataSync()[0], low = loss(v, tf.scalar(0.7)).dataSync()[0];
    assertAlmostEquals(dg.dataSync()[0], (high - low) / 0.2, 1e-4);
  }
});

testOnBackends(
  "normalizedAffine() returns a vector of the magnitude's length for any direction",
  () => {
    for (let seed = 0; seed < 20; seed++) {
      const channels = 1 + seed * 3;
      const v = formulaTensor(`length/${seed}`, [channels], 10 ** (seed % 5 - 2));
      const g = (seed - 10) / 3;
      const y = normalizedAffine(v as tf.Tensor1D, tf.scalar(g));
      assertAlmostEquals(y.norm().dataSync()[0], Math.abs(g), 1e-5);
    }
  },
);

testOnBackends("normalizedAffine() reports ĝ of equation 3 during the gradient", () => {
  const reported: number[] = [];
  tf.grad((v: tf.Tensor) =>
    normalizedAffine(v as tf.Tensor1D, tf.scalar(2), {
      onMagnitudeGradient: (derivative) => reported.push(derivative.dataSync()[0]),
    }).mul(tf.tensor1d([1, 5])).sum()
  )(tf.tensor1d([3, 4]));
  assertEquals(reported.length, 1);
  assertAlmostEquals(reported[0], 3 / 5 * 1 + 4 / 5 * 5, 1e-5);
});

testOnBackends("the gradient of equation 3 is orthogonal to the direction", () => {
  const v = formulaTensor("direction", [9], 1, 0.5);
  const derivative = tf.grad((v: tf.Tensor) =>
    normalizedAffine(v as tf.Tensor1D, tf.scalar(3)).mul(formulaTensor("cotangent", [9])).sum()
  )(v);
  assertAlmostEquals(derivative.mul(v).sum().dataSync()[0], 0, 1e-5);
});

Deno.test("normalizedAffine() throws on a direction that is not a vector and a magnitude that is not a scalar", () => {
  tf.tidy(() => {
    assertThrows(
      () => normalizedAffine(tf.ones([2, 2]) as never, tf.scalar(1)),
      RangeError,
      "Expected a direction [channels] and a scalar magnitude but found [2,2] and []",
    );
    assertThrows(() => normalizedAffine(tf.ones([2]), tf.ones([2]) as never), RangeError);
  });
});
