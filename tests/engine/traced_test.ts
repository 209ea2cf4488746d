import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { EngineError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { execute, isNative } from "../../lib/engine/native.ts";
import { conv2d, relu } from "../../lib/engine/ops/mod.ts";
import { traced } from "../../lib/engine/traced.ts";
import { valueAndGradients } from "../../lib/engine/gradients.ts";
import { testOnBackends } from "../backends.ts";
import { smallIntegers } from "./bfloat16.ts";

testOnBackends("traced() gives what the function gives", async () => {
  const fn = (x: tf.Tensor, more: { y: tf.Tensor[] }) => ({
    sum: tf.addN([x, ...more.y]),
    parts: [tf.stack([x, more.y[0]]), x],
  });
  const x = tf.tensor1d([1, 2]), y = [tf.tensor1d([3, 4]), tf.tensor1d([5, 6])];
  const run = traced(fn);
  const result = await run(x, { y });
  assertEquals(result.sum.arraySync(), [9, 12]);
  assertEquals(result.parts.map((part) => part.arraySync()), [[[1, 2], [3, 4]], [1, 2]]);
  // What is returned is the caller's own, even where the function returned its input.
  tf.dispose([x, y]);
  assertEquals(result.parts[1].arraySync(), [1, 2]);
  tf.dispose([result.sum, result.parts]);
  run.dispose();
});

testOnBackends("traced() records once for each set of input shapes", async () => {
  const double = traced((x: tf.Tensor) => x.mul(2));
  for (const length of [2, 3, 2, 3, 4, 2]) {
    const x = tf.ones([length]);
    const y = await double(x);
    assertEquals([...y.dataSync()], Array(length).fill(2));
    tf.dispose([x, y]);
  }
  assertEquals(double.traces, isNative() ? 3 : 0);
  double.dispose();
});

testOnBackends("traced() captures tensors from outside for good", async () => {
  const scale = tf.tensor1d([10, 20]);
  const pending = tf.scalar(5);
  const fn = traced((x: tf.Tensor) => x.mul(scale).add(pending));
  const x = tf.ones([2]);
  const first = await fn(x);
  assertEquals([...first.dataSync()], [15, 25]);
  assertEquals([...scale.dataSync(), ...pending.dataSync()], [10, 20, 5]);
  if (isNative()) {
    tf.dispose([scale, pending]);
    const second = await fn(x);
    assertEquals([...second.dataSync()], [15, 25]);
    second.dispose();
  } else tf.dispose([scale, pending]);
  tf.dispose([x, first]);
  fn.dispose();
});

testOnBackends("traced() runs gradients", async () => {
  const fn = traced((x: tf.Tensor) => {
    const { loss, aux, gradients } = valueAndGradients((params) => ({
      loss: (params.x as tf.Tensor).square().sum() as tf.Scalar,
      aux: { mean: (params.x as tf.Tensor).mean() },
    }), { x, unused: tf.zeros([3]) });
    return { loss, aux, gradients };
  });
  const x = tf.tensor1d([1, -3]);
  const { loss, aux, gradients } = await fn(x);
  assertEquals(loss.dataSync()[0], 10);
  assertEquals((aux.mean as tf.Tensor).dataSync()[0], -1);
  assertEquals([...(gradients.x as tf.Tensor).dataSync()], [2, -6]);
  assertEquals([...(gradients.unused as tf.Tensor).dataSync()], [0, 0, 0]);
  tf.dispose([x, loss, aux as never, gradients as never]);
  fn.dispose();
});

testOnBackends("traced() refuses what is not a tensor, with its path", async () => {
  const fn = traced((x: { a: tf.Tensor[] }) => x.a[0]);
  await assertRejects(
    () => fn({ a: [3 as unknown as tf.Tensor] }),
    TypeError,
    "Expected the inputs/0/a/0 to be a tensor, or an array or record of tensors, but found number",
  );
  const bad = traced(() => 7 as unknown as tf.Tensor);
  await assertRejects(() => bad(), TypeError, "Expected the output to be a tensor");
});

testOnBackends("traced() tells which operation failed and leaves nothing behind", async () => {
  const wrong = traced((x: tf.Tensor, y: tf.Tensor) =>
    tf.matMul(x.add(1) as tf.Tensor2D, y as tf.Tensor2D)
  );
  const x = tf.ones([2, 3]), y = tf.ones([4, 5]);
  await assertRejects(() => wrong(x, y), Error, "");
  tf.dispose([x, y]);
});

testOnBackends("traced() keeps the event loop free and runs side by side", async () => {
  const square = traced((x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D));
  const inputs = [1, 2, 3, 4].map((value) => tf.fill([8, 8], value));
  const outputs = await Promise.all(inputs.map((x) => square(x)));
  assertEquals(outputs.map((y) => y.dataSync()[0]), [8, 32, 72, 128]);
  tf.dispose([inputs, outputs]);
  square.dispose();
});

testOnBackends("traced() refuses to read a value while recording", async () => {
  if (!isNative()) return;
  const x = tf.tensor1d([1]);
  const reads = traced((x: tf.Tensor) => tf.scalar(x.add(1).dataSync()[0]));
  const error = await assertRejects(() => reads(x), EngineError);
  assertStringIncludes(error.message, "return the tensor and read it outside");
  x.dispose();
});

testOnBackends("traced() in bf16 is exact where bfloat16 is", async () => {
  const fn = (x: tf.Tensor) => tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D).relu();
  // Sums of 64 products that are at most 2².
  const x = smallIntegers([64, 64], 2, 3);
  const whole = traced(fn), half = traced(fn, { precision: "bf16" });
  const [a, b] = await Promise.all([whole(x), half(x)]);
  assertEquals(b.dataSync(), a.dataSync());
  tf.dispose([x, a, b]);
  whole.dispose();
  half.dispose();
});

testOnBackends("traced() in bf16 rounds to 8 digits", async () => {
  const product = traced(
    (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x as tf.Tensor2D, y as tf.Tensor2D),
    { precision: "bf16" },
  );
  const x = tf.fill([8, 8], 257), y = tf.eye(8);
  const rounded = await product(x, y);
  // 257 has 9 digits. Where processors have no bfloat16, TensorFlow may keep it.
  const fitting = isNative() ? (await engine()).bfloat16 ? [256] : [256, 257] : [257];
  for (const value of rounded.dataSync()) assert([0, ...fitting].includes(value), `${value}`);
  tf.dispose([x, y, rounded]);
  product.dispose();
});

for (const xla of [false, true, "large"] as const) {
  testOnBackends(
    `traced() calls what is nested in it with xla: ${xla}`,
    async (backend) => {
      const factor = tf.scalar(3);
      let runs = 0;
      const scaled = traced((x: tf.Tensor, more: { shift: tf.Tensor }) => {
        runs++;
        return { both: [x.mul(factor).add(more.shift), x], twice: x.mul(2) };
      }, { xla });
      const whole = traced((x: tf.Tensor, short: tf.Tensor) => {
        // Made within the recording but first used within the nested one.
        const shift = tf.scalar(1);
        const inner = traced((y: tf.Tensor) => y.add(shift).add(x.sum()), { xla });
        const a = scaled.nested(x, { shift }), b = scaled.nested(a.both[0], { shift });
        const c = scaled.nested(short, { shift });
        return [a.both[1], a.twice, b.both[0], c.twice, inner.nested(short), shift.add(1)];
      });
      const x = tf.tensor1d([1, 2]), short = tf.tensor1d([5]);
      const results = await whole(x, short);
      assertEquals(
        results.map((result) => [...result.dataSync()]),
        [[1, 2], [2, 4], [13, 22], [10], [9], [2]],
      );
      // Where it is recorded, once for each of the two shapes.
      assertEquals(runs, backend === "tensorflow" ? 2 : 3);
      tf.dispose([x, short, factor, results]);
      whole.dispose();
    },
  );
}

testOnBackends("traced() lets gradients flow through what is nested in it", async () => {
  const square = traced((x: tf.Tensor) => x.mul(x), { xla: true });
  const slope = traced((x: tf.Tensor) =>
    valueAndGradients(
      ({ x }) => ({ loss: square.nested(x as tf.Tensor).sum() as tf.Scalar }),
      { x },
    ).gradients
  );
  const x = tf.tensor1d([1, -3]);
  const { x: gradient } = await slope(x);
  assertEquals([...(gradient as tf.Tensor).dataSync()], [2, -6]);
  tf.dispose([x, gradient as tf.Tensor]);
  slope.dispose();
});

testOnBackends("traced() tells which operation of a nested function failed", async () => {
  const product = traced((x: tf.Tensor) =>
    isNative() ? execute("MatMul", {}, [x, x], 1)[0] : tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D)
  );
  const whole = traced((x: tf.Tensor) => product.nested(x));
  const x = tf.ones([2, 3]);
  await assertRejects(() => whole(x), Error, isNative() ? "MatMul([2,3] float32" : "");
  x.dispose();
});

testOnBackends("traced() in bf16 fuses large activations and is exact there", async () => {
  const step = (x: tf.Tensor, w: tf.Tensor) =>
    valueAndGradients(({ w }) => {
      const y = conv2d(x as tf.Tensor4D, w as tf.Tensor4D, { padding: 1 });
      return { loss: relu(y.add(x)).mean() as tf.Scalar };
    }, { w });
  // Activations are sums of at most 3 · 3 · 16 + 1 ones, gradients of about 2¹³ / 64, over their number, 2¹⁷.
  const x = smallIntegers([8, 32, 32, 16], 1, 1, 1 / 64), w = smallIntegers([3, 3, 16, 16], 1, 3);
  const whole = traced(step), half = traced(step, { precision: "bf16" });
  const [a, b] = await Promise.all([whole(x, w), half(x, w)]);
  const [exact, rounded] = [a, b].map(({ gradients }) => gradients.w as tf.Tensor);
  assertEquals(rounded.dataSync(), exact.dataSync());
  tf.dispose([x, w, a.loss, b.loss, exact, rounded]);
  whole.dispose();
  half.dispose();
}, { only: ["tensorflow"] });

testOnBackends(
  "traced() adds three terms in the written order, so that it repeats bit for bit",
  async () => {
    const sums = traced((x: tf.Tensor) => {
      // In float32, (1 + 2³⁰) − 2³⁰ is 0, and (−2³⁰ + 2³⁰) + 1 is 1.
      const [a, b] = [x.mul(1), x.mul(2 ** 30)], terms = () => [a, b, x.mul(-(2 ** 30))];
      const [, , c] = terms();
      // AddN would write into the memory of its last term, and begin with it, because the others are needed later.
      return { a, b, added: a.add(b).add(c), joined: tf.addN(terms()) };
    });
    const x = tf.ones([256, 256]);
    const { a, b, added, joined } = await sums(x);
    assertEquals([added, joined].map((sum) => sum.abs().max().dataSync()[0]), [0, 0]);
    tf.dispose([x, a, b, added, joined]);
    sums.dispose();
  },
  { only: ["tensorflow"] },
);
