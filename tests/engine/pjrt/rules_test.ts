/**
 * Every rule of the lowering against TensorFlow's kernel of the same operation.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { EngineError } from "../../../lib/core/errors.ts";
import { rng } from "../../../lib/core/rng.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { type Attributes, execute } from "../../../lib/engine/native.ts";
import { RULES } from "../../../lib/engine/pjrt/lowering/rules/mod.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { randomTensor } from "../../finite_difference.ts";
import { assertClose } from "../../train/close.ts";
import { testOnPlugin, valuesOnPlugin } from "./on_plugin.ts";

/** One call of an operation. */
interface Case {
  readonly inputs: readonly tf.Tensor[];
  readonly attributes?: Attributes;
  /** Number of outputs. */
  readonly outputs?: number;
  /** Outputs to compare, if not all. */
  readonly compared?: readonly number[];
}

const random = (shape: number[], key = "x", scale = 1) =>
  randomTensor(shape, rng(0).fork(`${key} ${shape}`), scale);
const positive = (shape: number[]) => random(shape).abs().add(0.1);
const ints = (...values: number[]) => tf.tensor1d(values, "int32");
const int = (value: number) => tf.scalar(value, "int32");
const bools = (...values: number[]) => tf.tensor1d(values, "bool");

const unary = (input: () => tf.Tensor = () => random([2, 3])): (() => Case)[] => [
  () => ({ inputs: [input()] }),
];
const binary = (second: () => tf.Tensor = () => random([3], "y")): (() => Case)[] => [
  () => ({ inputs: [random([2, 3]), second()] }),
  () => ({ inputs: [second(), random([2, 3])] }),
  () => ({ inputs: [random([2, 1, 3]), random([4, 1], "y")] }),
];
const comparison: (() => Case)[] = [
  () => ({ inputs: [tf.tensor1d([1, 2, NaN, 3]), tf.tensor1d([1, 3, 0, NaN])] }),
  () => ({ inputs: [ints(1, -2, 3), int(1)] }),
];
const reduction = (x: () => tf.Tensor, more: Attributes = {}): (() => Case)[] =>
  [[0], [-1], [0, 1], []].flatMap((axes) =>
    [false, true].map((keep_dims) => () => ({
      inputs: [x(), constantTensor(axes)],
      attributes: { keep_dims, ...more },
    }))
  );

/** Tensors that are created within the function, so that their values are known. */
const known = new WeakMap<tf.Tensor, readonly number[]>();
function constantTensor(values: readonly number[], shape?: number[]): tf.Tensor {
  const tensor = tf.tensor([...values], shape ?? [values.length], "int32");
  known.set(tensor, values);
  return tensor;
}
const static0 = (value: number) => constantTensor([value], []);

const SIZES: [images: number[], filter: number[]][] = [
  [[2, 6, 5, 4], [3, 3, 4, 6]],
  [[2, 7, 8, 4], [3, 2, 2, 6]],
  [[1, 5, 5, 3], [1, 1, 3, 2]],
  // Two groups of channels.
  [[2, 6, 6, 4], [3, 3, 2, 6]],
];
const GEOMETRIES: Attributes[] = [
  { strides: [1, 1, 1, 1], padding: "SAME" },
  { strides: [1, 2, 2, 1], padding: "SAME" },
  { strides: [1, 2, 1, 1], padding: "VALID" },
  { strides: [1, 1, 1, 1], padding: "VALID", dilations: [1, 2, 2, 1] },
];
const fits = ([, height, width]: number[], filter: number[], { dilations }: Attributes) => {
  const spread = (dilations as number[] | undefined)?.[1] ?? 1;
  return (filter[0] - 1) * spread < height && (filter[1] - 1) * spread < width;
};
const convolutions = (
  make: (images: number[], filter: number[], geometry: Attributes) => Case,
): (() => Case)[] =>
  SIZES.flatMap(([images, filter]) =>
    GEOMETRIES.filter((geometry) => fits(images, filter, geometry))
      .map((geometry) => () => make(images, filter, geometry))
  );
const outputShape = (images: number[], filter: number[], geometry: Attributes) =>
  tf.tidy(() => execute("Conv2D", geometry, [random(images), random(filter)], 1)[0].shape);

const POOLS: Attributes[] = [
  { ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "VALID" },
  { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: "SAME" },
  { ksize: [1, 3, 2, 1], strides: [1, 1, 1, 1], padding: "SAME" },
];
const IMAGES = [2, 5, 6, 3];

const norm = { epsilon: 1e-3, is_training: true };
const normInputs = () => [
  random([4, 3, 3, 2]).add(1),
  positive([2]),
  random([2], "bias"),
  tf.zeros([0]),
  tf.zeros([0]),
];

const CASES: Record<string, readonly (() => Case)[]> = {
  Abs: unary(),
  Ceil: unary(),
  Cos: unary(),
  Exp: unary(),
  Expm1: unary(),
  Floor: unary(),
  Log: unary(() => positive([5])),
  Log1p: unary(() => positive([5])),
  LogicalNot: unary(() => bools(1, 0)),
  Neg: unary(),
  Round: unary(() => tf.tensor1d([0.5, 1.5, -2.5, 1.2])),
  Rsqrt: unary(() => positive([5])),
  Sigmoid: unary(),
  Sign: unary(() => tf.tensor1d([-2, 0, 3])),
  Sin: unary(),
  Sqrt: unary(() => positive([5])),
  Tan: unary(),
  Tanh: unary(),
  Identity: unary(),
  Reciprocal: unary(() => positive([5])),
  Square: unary(),
  Softplus: unary(() => tf.tensor1d([-100, -1, 0, 1, 100])),
  IsNan: unary(() => tf.tensor1d([1, NaN, Infinity])),
  ZerosLike: unary(),
  OnesLike: unary(),
  Relu: unary(),
  Relu6: unary(() => tf.tensor1d([-1, 3, 7])),
  Elu: unary(),
  LeakyRelu: unary(),
  Softmax: unary(() => random([3, 4], "x", 5)),
  LogSoftmax: unary(() => random([3, 4], "x", 5)),

  AddV2: binary(),
  Atan2: binary(),
  Div: binary(),
  Maximum: binary(),
  Minimum: binary(),
  Mul: binary(),
  RealDiv: binary(),
  Sub: binary(),
  SquaredDifference: binary(),
  Pow: [() => ({ inputs: [positive([2, 3]), random([3], "y")] })],
  LogicalAnd: [() => ({ inputs: [bools(1, 1, 0), bools(1, 0, 0)] })],
  LogicalOr: [() => ({ inputs: [bools(1, 1, 0), bools(1, 0, 0)] })],
  FloorDiv: [
    () => ({ inputs: [ints(7, -7, 7, -7, 6), ints(2, 2, -2, -2, 3)] }),
    () => ({ inputs: [tf.tensor1d([7, -7]), tf.scalar(2)] }),
  ],
  FloorMod: [
    () => ({ inputs: [ints(7, -7, 7, -7, 6), ints(2, 2, -2, -2, 3)] }),
    () => ({ inputs: [tf.tensor1d([7, -7]), tf.scalar(2)] }),
  ],
  ReluGrad: [() => ({ inputs: [random([4]), tf.tensor1d([0, 1, -1, 2])] })],

  Equal: comparison,
  Greater: comparison,
  GreaterEqual: comparison,
  Less: comparison,
  LessEqual: comparison,
  NotEqual: comparison,

  Cast: [
    () => ({ inputs: [tf.tensor1d([1.7, -1.7, 0])], attributes: { DstT: "int32" } }),
    () => ({ inputs: [bools(1, 0)], attributes: { DstT: "float32" } }),
    () => ({ inputs: [tf.tensor1d([0.5, 0])], attributes: { DstT: "bool" } }),
    () => ({ inputs: [ints(3, 0)], attributes: { DstT: "bool" } }),
  ],
  Select: [
    () => ({ inputs: [bools(1, 0), tf.ones([2, 3]), tf.zeros([2, 3])] }),
    () => ({ inputs: [bools(1, 0), tf.ones([2]), tf.zeros([2])] }),
  ],
  SelectV2: [() => ({ inputs: [bools(1, 0, 1), tf.ones([2, 3]), tf.scalar(5)] })],
  AddN: [() => ({ inputs: [random([3]), random([3], "y"), random([3], "z")] })],

  BroadcastTo: [() => ({ inputs: [random([2, 1]), constantTensor([3, 2, 4])] })],
  ConcatV2: [() => ({ inputs: [random([2, 3]), random([2, 1]), static0(-1)] })],
  ExpandDims: [() => ({ inputs: [random([2, 3]), static0(1)] })],
  Fill: [() => ({ inputs: [constantTensor([2, 2]), tf.scalar(7)] })],
  MirrorPad: ["REFLECT", "SYMMETRIC"].map((mode) => () => ({
    inputs: [random([3, 4]), constantTensor([1, 2, 0, 1], [2, 2])],
    attributes: { mode },
  })),
  Pack: [0, 1, -1].map((axis) => () => ({
    inputs: [random([2, 3]), random([2, 3], "y")],
    attributes: { axis },
  })),
  Pad: [() => ({ inputs: [random([2, 3]), constantTensor([1, 0, 0, 2], [2, 2])] })],
  PadV2: [() => ({ inputs: [random([2]), constantTensor([1, 2], [1, 2]), tf.scalar(-9)] })],
  Range: [() => ({ inputs: [static0(1), static0(9), static0(3)] })],
  Reshape: [() => ({ inputs: [random([2, 3]), constantTensor([3, -1])] })],
  ReverseV2: [() => ({ inputs: [random([2, 3]), constantTensor([-1])] })],
  Slice: [() => ({ inputs: [random([3, 4]), constantTensor([1, 0]), constantTensor([-1, 2])] })],
  SplitV: [
    () => ({
      inputs: [random([2, 5]), constantTensor([2, 3]), static0(1)],
      attributes: { num_split: 2 },
      outputs: 2,
    }),
  ],
  Squeeze: [() => ({ inputs: [random([2, 1, 3])] })],
  StridedSlice: [
    () => ({
      inputs: [
        random([4, 5, 2]),
        constantTensor([1, -4]),
        constantTensor([0, 5]),
        constantTensor([1, 2]),
      ],
      attributes: { shrink_axis_mask: 1 },
    }),
    () => ({
      inputs: [random([6]), constantTensor([9]), constantTensor([5]), constantTensor([2])],
      attributes: { begin_mask: 1 },
    }),
  ],
  Tile: [() => ({ inputs: [random([2, 3]), constantTensor([2, 3])] })],
  Transpose: [() => ({ inputs: [random([2, 3, 4]), constantTensor([2, 0, 1])] })],
  Unpack: [
    () => ({ inputs: [random([2, 3])], attributes: { axis: 1, num: 3 }, outputs: 3 }),
  ],

  All: reduction(() => tf.tensor2d([[1, 1], [0, 1]], [2, 2], "bool")),
  Any: reduction(() => tf.tensor2d([[1, 0], [0, 0]], [2, 2], "bool")),
  Max: reduction(() => random([2, 3])),
  Mean: reduction(() => random([2, 3])),
  Min: reduction(() => random([2, 3])),
  Prod: reduction(() => random([2, 3])),
  Sum: [
    ...reduction(() => random([2, 3])),
    ...reduction(() => tf.tensor2d([[1, 2], [3, 4]], [2, 2], "int32")),
  ],
  ArgMax: [0, -1].map((axis) => () => ({
    inputs: [tf.tensor2d([[1, 5, 5], [2, 0, 7]]), static0(axis)],
    attributes: { output_type: "int32" },
  })),
  ArgMin: [() => ({
    inputs: [tf.tensor2d([[1, 0, 0], [2, 0, 7]]), static0(1)],
    attributes: { output_type: "int32" },
  })],
  Cumsum: [false, true].flatMap((reverse) =>
    [false, true].map((exclusive) => () => ({
      inputs: [random([2, 4]), static0(1)],
      attributes: { reverse, exclusive },
    }))
  ),

  Conv2D: convolutions((images, filter, attributes) => ({
    inputs: [random(images), random(filter)],
    attributes,
  })),
  Conv2DBackpropInput: convolutions((images, filter, attributes) => ({
    inputs: [
      constantTensor(images),
      random(filter),
      random(outputShape(images, filter, attributes)),
    ],
    attributes,
  })),
  Conv2DBackpropFilter: convolutions((images, filter, attributes) => ({
    inputs: [
      random(images),
      constantTensor(filter),
      random(outputShape(images, filter, attributes)),
    ],
    attributes,
  })),

  AvgPool: POOLS.map((attributes) => () => ({ inputs: [random(IMAGES)], attributes })),
  AvgPoolGrad: POOLS.map((attributes) => () => {
    const [{ shape }] = execute("AvgPool", attributes, [random(IMAGES)], 1);
    return { inputs: [constantTensor(IMAGES), random(shape)], attributes };
  }),
  MaxPool: POOLS.map((attributes) => () => ({ inputs: [random(IMAGES)], attributes })),
  MaxPoolGrad: POOLS.map((attributes) => () => {
    const x = random(IMAGES), [y] = execute("MaxPool", attributes, [x], 1);
    return { inputs: [x, y, random(y.shape)], attributes };
  }),

  MatMul: [false, true].flatMap((transpose_a) =>
    [false, true].map((transpose_b) => () => ({
      inputs: [
        random(transpose_a ? [3, 2] : [2, 3]),
        random(transpose_b ? [4, 3] : [3, 4], "y"),
      ],
      attributes: { transpose_a, transpose_b },
    }))
  ),
  BatchMatMulV2: [false, true].flatMap((adj_x) =>
    [false, true].map((adj_y) => () => ({
      inputs: [
        random(adj_x ? [5, 1, 3, 2] : [5, 1, 2, 3]),
        random(adj_y ? [6, 4, 3] : [6, 3, 4], "y"),
      ],
      attributes: { adj_x, adj_y },
    }))
  ),

  // Results 3 to 5 are the kernel's own; its gradient reads them.
  FusedBatchNormV3: [
    () => ({ inputs: normInputs(), attributes: norm, outputs: 6, compared: [0, 1, 2] }),
  ],
  SoftmaxCrossEntropyWithLogits: [
    () => ({ inputs: [random([3, 4], "x", 5), tf.softmax(random([3, 4], "y"))], outputs: 2 }),
  ],
  SparseSoftmaxCrossEntropyWithLogits: [
    () => ({ inputs: [random([3, 4], "x", 5), ints(0, 3, 1)], outputs: 2 }),
  ],

  GatherV2: [
    () => ({ inputs: [random([4, 3]), ints(3, 0, 0), static0(0)] }),
    () => ({ inputs: [random([2, 4]), ints(3, 1), static0(1)] }),
    () => ({
      inputs: [ints(5, 6, 7), tf.tensor2d([[2, 0], [1, 1]], [2, 2], "int32"), static0(0)],
    }),
  ],
  OneHot: [
    () => ({
      inputs: [ints(1, 3, -1), static0(3), tf.scalar(2), tf.scalar(-1)],
      attributes: { axis: -1 },
    }),
  ],
  TopKV2: [
    () => ({ inputs: [tf.tensor2d([[1, 5, 5, 2], [9, 0, 8, 7]]), static0(3)], outputs: 2 }),
  ],
  UnsortedSegmentSum: [
    () => ({ inputs: [random([4, 2]), ints(1, 0, 1, -1), static0(3)] }),
    () => ({ inputs: [random([4]), ints(2, 2, 0, 2), static0(3)] }),
  ],

  ResizeNearestNeighbor: [[4, 8], [2, 12]].map((size) => () => ({
    inputs: [random([2, 2, 4, 3]), constantTensor(size)],
  })),
  CombinedNonMaxSuppression: [[1, 20, 0.5], [3, 20, 0.1], [3, 200, 0.5], [3, 5, 0.9]].map(
    ([classes, most, iou]) => () => ({
      inputs: [
        // Corners in any order, and a box without area.
        tf.concat([random([2, 29, classes, 4], "x", 9), tf.ones([2, 1, classes, 4])], 1),
        random([2, 30, classes], "y"),
        static0(most),
        static0(most),
        tf.scalar(iou),
        tf.scalar(-0.5),
      ],
      attributes: { clip_boxes: false },
      outputs: 4,
    }),
  ),

  StatelessRandomUniform: [[7], [3, 5]].map((shape) => () => ({
    inputs: [constantTensor(shape), ints(-5, 1234567)],
    attributes: { dtype: "float32" },
  })),
};

/** Operations that are tested together with another. */
const WITH_OTHERS = ["FusedBatchNormGradV3", "SparseTensorDenseMatMul"];

Deno.test("every rule of the lowering is tested", () => {
  assertEquals([...Object.keys(CASES), ...WITH_OTHERS].sort(), Object.keys(RULES).sort());
});

/** Runs an operation on the plugin; inputs whose values a rule has to know are constants. */
async function onDevice(operation: string, { inputs, attributes = {}, outputs = 1 }: Case) {
  const given = inputs.filter((input) => !known.has(input));
  return await valuesOnPlugin((...symbols) => {
    let next = 0;
    const own = inputs.map((input) => {
      const values = known.get(input);
      return values ? tf.tensor([...values], input.shape, "int32") : symbols[next++];
    });
    return execute(operation, attributes, own, outputs);
  }, given);
}

for (const [operation, cases] of Object.entries(CASES)) {
  testOnPlugin(`${operation} is computed as TensorFlow computes it`, async () => {
    for (const make of cases) {
      tf.engine().startScope();
      const made = make(), { inputs, attributes = {}, outputs = 1 } = made;
      const expected = execute(operation, attributes, inputs, outputs)
        .map((output) => Array.from(output.dataSync()));
      const found = await onDevice(operation, made);
      for (const i of made.compared ?? expected.keys()) {
        const isNumber = (value: number) => !Number.isNaN(value);
        assertEquals(found[i].map(isNumber), expected[i].map(isNumber));
        assertClose(found[i].filter(isNumber), expected[i].filter(isNumber), 1e-5);
      }
      tf.engine().endScope();
    }
  });
}

testOnPlugin("FusedBatchNormGradV3 is computed as TensorFlow computes it", async () => {
  const dy = random([4, 3, 3, 2], "dy");
  const inputs = tf.tidy(() => normInputs());
  const step = (...inputs: tf.Tensor[]) => {
    const [dy, x, weight, ...others] = inputs;
    const [y, , , ...saved] = execute("FusedBatchNormV3", norm, [x, weight, ...others], 6);
    return [y, ...execute("FusedBatchNormGradV3", norm, [dy, x, weight, ...saved], 5).slice(0, 3)];
  };
  const expected = tf.tidy(() =>
    step(dy, ...inputs).map((output) => Array.from(output.dataSync()))
  );
  const found = await valuesOnPlugin(step, [dy, ...inputs]);
  for (const [i, values] of expected.entries()) assertClose(found[i], values, 1e-5);
  tf.dispose([dy, ...inputs]);
});

testOnPlugin("SparseTensorDenseMatMul is computed as TensorFlow computes it", async () => {
  const places = tf.tensor2d([[0, 1], [0, 4], [2, 1], [0, 1]], [4, 2], "int32");
  for (const adjoint_a of [false, true]) {
    const inputs = [places, random([4]), random([adjoint_a ? 3 : 5, 2], "y")];
    const multiply = (places: tf.Tensor, values: tf.Tensor, dense: tf.Tensor) => {
      const [shape] = execute("Cast", { DstT: "int64" }, [ints(3, 5)], 1);
      return execute("SparseTensorDenseMatMul", { adjoint_a }, [places, values, shape, dense], 1);
    };
    const [expected] = tf.tidy(() => multiply(inputs[0], inputs[1], inputs[2]))
      .map((output) => Array.from(output.dataSync()));
    const [found] = await valuesOnPlugin(multiply, inputs);
    assertClose(found, expected, 1e-5);
  }
});

testOnPlugin("labels and indices outside make NaN instead of a wrong number", async () => {
  const logits = tf.zeros([2, 3]), labels = ints(3, 0), table = tf.ones([2]), rows = ints(2, 0);
  const [loss] = await valuesOnPlugin(
    (...inputs) => execute("SparseSoftmaxCrossEntropyWithLogits", {}, inputs, 2),
    [logits, labels],
  );
  assertEquals(loss.map(Number.isNaN), [true, false]);
  const [taken] = await valuesOnPlugin(
    (table, rows) => execute("GatherV2", {}, [table, rows, int(0)], 1),
    [table, rows],
  );
  assertEquals(taken, [NaN, 1]);
  tf.dispose([logits, labels, table, rows]);
});

testOnPlugin("an operation without a rule is refused by name", async () => {
  const x = tf.zeros([2, 2]);
  const run = traced((x: tf.Tensor) => execute("MatrixInverse", {}, [x], 1)[0], {
    name: "inverse",
  });
  await assertRejects(() => run(x), EngineError, "found MatrixInverse in inverse");
  x.dispose();
  run.dispose();
});
