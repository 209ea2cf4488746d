/**
 * xERM of several experts: against PyTorch and finite differences.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import { xerm, xermExperts } from "../../lib/losses/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

interface Case {
  labels: number[];
  options: { gamma: number; tau: number; scale: number };
  value: number;
  experts: number[][];
  teacher: number[];
  gradients: number[][];
}

const { counts, cases }: { counts: number[]; cases: Case[] } = JSON.parse(
  await Deno.readTextFile(new URL("../golden/xerm_experts.json", import.meta.url)),
);

for (const { labels, options, value, experts, teacher, gradients } of cases) {
  testOnBackends(
    `xermExperts() ${JSON.stringify(options)} agrees with PyTorch, eager and traced`,
    async () => {
      const shape: [number, number] = [labels.length, counts.length];
      const classes = tf.tensor1d(labels, "int32");
      const of = (...[teacher, ...experts]: tf.Tensor[]) =>
        xermExperts(counts, options)(experts[0] as tf.Tensor2D, classes, {
          progress: 0,
          experts: experts as tf.Tensor2D[],
          teacher: teacher as tf.Tensor2D,
        });
      const inputs = [teacher, ...experts].map((values) => tf.tensor2d(values, shape));
      const all = (...inputs: tf.Tensor[]) => ({
        value: of(...inputs),
        gradients: tf.grads(of)(inputs),
      });
      const run = traced(all);
      for (const found of [all(...inputs), await run(...inputs)]) {
        assertAlmostEquals(found.value.dataSync()[0], value, 1e-5 * value);
        const [ofTeacher, ...ofExperts] = found.gradients;
        assertEquals(new Set([...ofTeacher.dataSync()].map(Math.abs)), new Set([0]));
        ofExperts.forEach((derivative, i) =>
          assertClose(derivative.dataSync(), gradients[i], 2e-5)
        );
      }
      run.dispose();
    },
  );
}

const labels = () => tf.tensor1d([0, 4, 2], "int32");

testOnBackends("xermExperts() agrees with finite differences in every expert", () => {
  const draw = (seed: number) => randomTensor<tf.Tensor2D>([3, 5], rng(seed), 0.5);
  const classes = labels(), teacher = draw(0);
  assertGradients(
    (a, b) =>
      xermExperts(counts, { scale: 2 })(a as tf.Tensor2D, classes, {
        progress: 0,
        experts: [a, b] as tf.Tensor2D[],
        teacher,
      }),
    [draw(1), draw(2)],
  );
});

testOnBackends("xermExperts() of one expert is xerm()", () => {
  const z = randomTensor<tf.Tensor2D>([3, 5], rng(3)), teacher = randomTensor([3, 5], rng(4));
  const context = { progress: 0, experts: [z], teacher: teacher as tf.Tensor2D };
  const one = xermExperts(counts, { gamma: 2, tau: 1, scale: 1 })(z, labels(), context);
  assertEquals(one.dataSync(), xerm(counts)(z, context.teacher, labels()).dataSync());
});

testOnBackends("xermExperts() is finite at extreme logits", () => {
  const far = tf.tensor2d([[1e4, -1e4, -1e4, -1e4, -1e4]]), zero = tf.zeros([1, 5]) as tf.Tensor2D;
  for (const label of [0, 4]) {
    const classes = tf.tensor1d([label], "int32");
    for (const teacher of [zero, far]) {
      const { value, grad } = tf.valueAndGrad((z) =>
        xermExperts(counts)(zero, classes, {
          progress: 0,
          experts: [z as tf.Tensor2D, zero],
          teacher,
        })
      )(far);
      assertEquals([...value.dataSync(), ...grad.dataSync()].every(Number.isFinite), true);
    }
  }
});

testOnBackends("xermExperts() throws on mismatched arguments", () => {
  const z = tf.zeros([3, 5]) as tf.Tensor2D, other = tf.zeros([3, 4]) as tf.Tensor2D;
  const classes = labels();
  for (const bad of [{ scale: 0 }, { gamma: -1 }, { tau: -1 }]) {
    assertThrows(() => xermExperts(counts, bad), RangeError, "Expected");
  }
  const loss = xermExperts(counts);
  assertThrows(() => loss(z, classes), TypeError, "experts");
  assertThrows(() => loss(z, classes, { progress: 0, experts: [z] }), TypeError, "teacher");
  for (const [expert, teacher] of [[z, other], [other, z]]) {
    const context = { progress: 0, experts: [z, expert], teacher };
    assertThrows(() => loss(z, classes, context), RangeError, "Expected");
  }
  assertThrows(() => loss(z, classes, { progress: 0, experts: [], teacher: z }), RangeError, "one");
});
