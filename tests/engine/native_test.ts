import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { EngineError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { execute } from "../../lib/engine/native.ts";
import { traced } from "../../lib/engine/traced.ts";
import { currentBackend } from "../../lib/engine/tensorflow/current_backend.ts";

const { backend } = await engine();
const ignore = backend !== "tensorflow";
if (ignore) console.warn(`tests/engine/native_test.ts: skipped, the backend is ${backend}`);

/** Registers a test that needs libtensorflow and must leave no tensor or handle behind. */
function nativeTest(name: string, fn: () => void | Promise<void>): void {
  Deno.test({
    name,
    ignore,
    async fn() {
      const { binding } = currentBackend();
      const tensors = tf.memory().numTensors, handles = binding.getNumOfTensors();
      tf.engine().startScope();
      await fn();
      tf.engine().endScope();
      assertEquals(tf.memory().numTensors, tensors);
      assertEquals(binding.getNumOfTensors(), handles);
    },
  });
}

nativeTest("execute() runs an operation with attributes that follow from its inputs", () => {
  const [product] = execute("MatMul", { transpose_b: true }, [
    tf.tensor2d([[1, 2]]),
    tf.tensor2d([[3, 4], [5, 6]]),
  ], 1);
  assertEquals(product.arraySync(), [[11, 17]]);
});

nativeTest("execute() takes lists of inputs and returns several outputs", () => {
  const a = tf.tensor2d([[1, 2], [3, 4]]);
  assertEquals(execute("AddN", {}, [a, a, a], 1)[0].arraySync(), [[3, 6], [9, 12]]);
  const axis = tf.scalar(1, "int32");
  assertEquals(execute("ConcatV2", {}, [a, a, axis], 1)[0].shape, [2, 4]);
  const halves = execute("Split", { num_split: 2 }, [tf.scalar(0, "int32"), a], 2);
  assertEquals(halves.map((half) => half.arraySync()), [[[1, 2]], [[3, 4]]]);
});

nativeTest("execute() splits inputs over several lists by their attributes", () => {
  const [first, second] = execute(
    "IdentityN",
    { T: ["float32", "int32"] },
    [tf.scalar(1.5), tf.scalar(2, "int32")],
    2,
  );
  assertEquals([first.dtype, second.dtype], ["float32", "int32"]);
  const [picked] = execute("DynamicStitch", { N: 2 }, [
    tf.tensor1d([0, 2], "int32"),
    tf.tensor1d([1], "int32"),
    tf.tensor1d([10, 30]),
    tf.tensor1d([20]),
  ], 1);
  assertEquals([...picked.dataSync()], [10, 20, 30]);
});

nativeTest("execute() sets attributes of every kind", () => {
  // list(int), string, bool
  const [pooled] = execute(
    "MaxPool",
    {
      ksize: [1, 2, 2, 1],
      strides: [1, 2, 2, 1],
      padding: "VALID",
      data_format: "NHWC",
    },
    [tf.range(0, 16).reshape([1, 4, 4, 1])],
    1,
  );
  assertEquals([...pooled.dataSync()], [5, 7, 13, 15]);
  // shape and type
  assertEquals(
    execute("Empty", { dtype: "int32", init: true }, [tf.tensor1d([2], "int32")], 1)[0].dtype,
    "int32",
  );
  const [variable] = execute(
    "VarHandleOp",
    { dtype: "float32", shape: [2, 3], shared_name: "attributes" },
    [],
    1,
  );
  assertEquals(variable.shape, []);
  // float
  assertEquals([...execute("LeakyRelu", { alpha: 0.5 }, [tf.tensor1d([-2, 2])], 1)[0].dataSync()], [
    -1,
    2,
  ]);
  // list(float)
  const [bucket] = execute("Bucketize", { boundaries: [0, 10] }, [tf.tensor1d([-5, 5, 50])], 1);
  assertEquals([...bucket.dataSync()], [0, 1, 2]);
  // list(string), list(type), list(shape)
  const [queue] = execute(
    "FIFOQueueV2",
    {
      component_types: ["float32", "int32"],
      shapes: [[2], []],
      shared_name: "attributes",
    },
    [],
    1,
  );
  assertEquals(queue.dtype, "string");
  const sparse = execute(
    "ParseExample",
    {
      Nsparse: 0,
      Ndense: 0,
      sparse_types: [],
      Tdense: [],
      dense_shapes: [],
    },
    [tf.tensor1d([], "string"), tf.tensor1d([], "string")],
    0,
  );
  assertEquals(sparse, []);
});

nativeTest("tensors of every type keep their values", () => {
  assertEquals([...tf.tensor1d([1.5, -2]).dataSync()], [1.5, -2]);
  const identity = (x: tf.Tensor) => execute("Identity", {}, [x], 1)[0];
  assertEquals([...identity(tf.tensor1d([7, -8], "int32")).dataSync()], [7, -8]);
  assertEquals([...identity(tf.tensor1d([true, false], "bool")).dataSync()], [1, 0]);
  const strings = identity(tf.tensor1d(["", "naïve", "x".repeat(100)], "string"));
  assertEquals(strings.dataSync() as unknown as string[], ["", "naïve", "x".repeat(100)]);
  assertEquals([...identity(tf.complex([1, 2], [3, 4])).dataSync()], [1, 3, 2, 4]);
  assertEquals(identity(tf.zeros([0, 3])).shape, [0, 3]);
  assertEquals(identity(tf.scalar(5)).shape, []);
});

nativeTest("bfloat16 tensors are passed on and read as float32", () => {
  const [half] = execute("Cast", { SrcT: "float32", DstT: "bfloat16" }, [
    tf.tensor1d([1, 1.00390625, -3]),
  ], 1);
  assertEquals(half.dtype, "float32");
  assertEquals([...half.add(half).dataSync()], [2, 2, -6]);
});

nativeTest("a failure names the operation, its shapes and TensorFlow's reason", () => {
  const a = tf.ones([2, 3]), b = tf.ones([2, 3], "float32");
  const error = assertThrows(() => execute("MatMul", {}, [a, b], 1), EngineError);
  assertEquals(
    error.message,
    "MatMul([2,3] float32, [2,3] float32): Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]",
  );
  assertThrows(() => execute("NoSuchOperation", {}, [a], 1), EngineError, "NoSuchOperation");
});

nativeTest("tf.unstack() and tf.split() make thousands of tensors", () => {
  const count = 5000, x = tf.range(0, count);
  assertEquals(tf.unstack(x).map((part) => part.dataSync()[0]), [...x.dataSync()]);
  assertEquals(tf.split(x, count).length, count);
});

nativeTest("a shape that TensorFlow cannot represent is refused", () => {
  const many = Array<number>(300).fill(1);
  assertThrows(() => tf.zeros([2 ** 40, 2 ** 40, 0]).add(1), RangeError, "1099511627776");
  assertThrows(() => tf.zeros(many).add(1), RangeError, "at most 64 dimensions but found 300");
  assertThrows(
    () => many.reduce((x: tf.Tensor) => x.expandDims(0), tf.zeros([1]).add(1)),
    RangeError,
    "at most 64 dimensions but found 65",
  );
  const wide = tf.zeros(Array<number>(64).fill(1)).add(1);
  assertThrows(() => tf.stack([wide, wide]), RangeError, "at most 64 dimensions but found 65");
});

nativeTest("values that do not fit their shape are refused", () => {
  const { binding } = currentBackend();
  const create = (shape: number[], dtype: number, values: Float32Array | Uint8Array[]) => () =>
    binding.createTensor(shape, dtype, values);
  const expected = "Expected 1000 values for a float32 tensor of shape [1000] but found 2";
  assertThrows(create([1000], binding.TF_FLOAT, new Float32Array(2)), RangeError, expected);
  assertThrows(
    create([3], binding.TF_STRING, [new Uint8Array(1)]),
    RangeError,
    "Expected 3 values",
  );
  assertThrows(create([-1], binding.TF_FLOAT, new Float32Array(0)), RangeError, "found [-1]");
});

nativeTest("a traced operation is not asked for outputs that it does not have", async () => {
  const run = traced((x: tf.Tensor) => execute("Identity", {}, [x], 1000)[999]);
  await assertRejects(() => run(tf.scalar(1)), EngineError, "to have 1000 outputs but found 1");
  run.dispose();
});

nativeTest("a disposed tensor is told as such", () => {
  const gone = tf.tensor1d([1]).add(1);
  gone.dispose();
  assertThrows(() => gone.dataSync(), Error, "disposed");
});

nativeTest("random shapes survive the way to TensorFlow and back", () => {
  const random = rng(5);
  for (let trial = 0; trial < 50; trial++) {
    const shape = Array.from({ length: random.below(5) }, () => random.below(4));
    const size = shape.reduce((product, length) => product * length, 1);
    const values = Float32Array.from({ length: size }, () => random.normal());
    const back = execute("Identity", {}, [tf.tensor(values, shape)], 1)[0];
    assertEquals(back.shape, shape);
    assertEquals(back.dataSync(), values);
  }
});

nativeTest("TensorFlow.js's image codecs work on the binding", async () => {
  const { encodePng, decodePng, encodeJpeg, decodeJpeg } = await import(
    "npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/image.js"
  );
  const pixels = tf.tensor3d(Array.from({ length: 192 }, (_, i) => i), [8, 8, 3], "int32");
  const png = decodePng(await encodePng(pixels as never), 3) as unknown as tf.Tensor;
  assertEquals([...png.dataSync()], [...pixels.dataSync()]);
  const jpeg = decodeJpeg(
    await encodeJpeg(pixels as never, undefined, 95),
    3,
  ) as unknown as tf.Tensor;
  const difference = jpeg.sub(pixels).abs().mean().dataSync()[0];
  assert(difference < 12, `mean difference ${difference}`);
});

nativeTest("TensorFlow.js's TensorBoard writer works on the binding", async () => {
  const { summaryFileWriter } = await import(
    "npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/tensorboard.js"
  );
  const folder = await Deno.makeTempDir();
  try {
    const writer = summaryFileWriter(folder);
    writer.scalar("loss", 1.5, 1);
    writer.flush();
    const [file] = [...Deno.readDirSync(folder)];
    assert(
      new TextDecoder().decode(await Deno.readFile(`${folder}/${file.name}`)).includes("loss"),
    );
    (writer as unknown as { resourceHandle: tf.Tensor }).resourceHandle.dispose();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
