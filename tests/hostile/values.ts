/**
 * Hostile values of any TypeScript type, as `deno doc --json` describes it: of the right kind, but empty, of another
 * shape, not finite, out of range, contradictory.
 *
 * @module
 */
import { type Rng, rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { builtinScenes } from "../../lib/detection/mod.ts";
import { crossEntropy, instanceBalancedSampler, sgd } from "../../mod.ts";
import { smallImages } from "../train/small_images.ts";
import { smallNetwork } from "../train/small_network.ts";

/** A type in the JSON of `deno doc`; of the many kinds only the fields that are used. */
export interface DocType {
  readonly kind: string;
  readonly repr?: string;
  // deno-lint-ignore no-explicit-any
  readonly value?: any;
}

/** A property of an interface, or a parameter. */
export interface DocField {
  readonly name?: string;
  readonly kind?: string;
  readonly optional?: boolean;
  readonly tsType?: DocType;
  readonly left?: DocField;
}

const NUMBERS = [0, 1, 2, 3, 0.5, -1, NaN, Infinity, -Infinity, -0, 2 ** 53, 1e300, 1.5, 10];
const STRINGS = [
  "",
  "x",
  "builtin/none",
  "../..",
  "a\0b",
  "__proto__",
  "constructor",
  "red\u001b[31m\nline",
  "y".repeat(3000),
];

/** Run lengths of a mask that fits no image. */
const RLE = { height: 32, width: 32, counts: Uint32Array.of(1) };

const { train, test } = smallImages({ side: 8, max: 6, imbalance: 3 });

/** Data sets: a good one, and ones that contradict themselves. */
const DATASETS = [
  train,
  test,
  { ...train, labels: new Int32Array(0) },
  { ...train, labels: train.labels.with(0, -1) },
  { ...train, labels: train.labels.with(0, 2 ** 31 - 1) },
  { ...train, labels: new Int32Array(1000) },
  { ...train, classNames: [] },
  { ...train, shape: [0, 0, 0] as const },
  { ...train, shape: [NaN, -1, 3] as const },
  { ...train, shape: [1000, 1000, 3] as const },
  { ...train, mean: [NaN, 0, 0], std: [0, 0, 0] },
  { ...train, mean: [], std: [] },
];

const scenes = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 32 });
const { dataset } = scenes.test, [annotation] = dataset.annotations, [image] = dataset.images;

/** Annotated images: good ones, and ones that contradict themselves. */
const DETECTION_SETS = [
  scenes.test,
  ...[
    { images: [], annotations: [] },
    { images: [] },
    { categories: [] },
    { annotations: [{ ...annotation, image: -1 }] },
    { annotations: [{ ...annotation, label: NaN }] },
    { annotations: [{ ...annotation, box: [NaN, 0, -1, Infinity] as const }] },
    { annotations: [{ ...annotation, segmentation: { ...RLE, height: 1e9 } }] },
    { annotations: [{ ...annotation, segmentation: [[NaN, 0, 1]] }] },
    { images: [{ ...image, width: -1 }] },
    { images: [{ ...image, absent: [99] }] },
  ].map((change) => ({ ...scenes.test, dataset: { ...dataset, ...change } })),
  { ...scenes.test, mean: [NaN], std: [0, 0, 0] },
];

type Make = (random: Rng) => unknown;

const pick = <T>(random: Rng, values: readonly T[]): T => values[random.below(values.length)];

/** Tensors of a rank; the caller's scope disposes them. */
function tensorOf(random: Rng, shapes: readonly (readonly number[])[]): tf.Tensor {
  const shape = [...pick(random, shapes)];
  const make: readonly (() => tf.Tensor)[] = [
    () => tf.randomNormal(shape, 0, 1, "float32", 7),
    () => tf.fill(shape, NaN),
    () => tf.fill(shape, -Infinity),
    () => tf.zeros(shape),
    () => tf.ones(shape, "int32"),
    () => tf.fill(shape, -1, "int32"),
    () => tf.fill(shape, 2 ** 31 - 1, "int32"),
    () => tf.zeros(shape, "bool"),
  ];
  return pick(random, make)();
}

const model = () => ({ network: smallNetwork, ...smallNetwork.init(1, train.shape) });

/** Values of types that have a name. */
const NAMED: Readonly<Record<string, Make>> = {
  "tf.Tensor": (random) => tensorOf(random, [[], [0], [2], [2, 3], [0, 3], [1, 1, 1, 1]]),
  "tf.Scalar": (random) => tensorOf(random, [[]]),
  "tf.Tensor1D": (random) => tensorOf(random, [[2], [3], [0], [1]]),
  "tf.Tensor2D": (random) => tensorOf(random, [[2, 3], [3, 2], [1, 3], [0, 3], [2, 0], [1, 1]]),
  "tf.Tensor3D": (random) => tensorOf(random, [[1, 2, 4], [2, 3, 4], [0, 3, 4], [2, 3, 1]]),
  "tf.Tensor4D": (random) => tensorOf(random, [[1, 8, 8, 3], [0, 8, 8, 3], [1, 0, 0, 3]]),
  Params: (random) =>
    pick<Make>(random, [
      () => ({}),
      () => model().params,
      () => ({ a: { b: tensorOf(random, [[2], [0]]) } }),
    ])(random),
  Tree: () => model().params,
  Model: (random) =>
    pick<Make>(random, [
      model,
      model,
      () => ({ ...model(), params: {} }),
      () => ({ ...model(), params: { head: { weight: tensorOf(random, [[2, 3]]) } } }),
    ])(random),
  Network: () => smallNetwork,
  Backbone: () => smallNetwork,
  Rng: (random) => rng(random.below(9)),
  Sampler: () => instanceBalancedSampler,
  IndexStream: () => instanceBalancedSampler([0, 1], { seed: 0 }),
  TemplateStringsArray: () => ["a", "b", "c", "d", "e"],
  ImageDataset: (random) => pick(random, DATASETS),
  Images: (random) => ({
    shape: [8, 8, 3],
    mean: [NaN, 0, 0],
    std: pick(random, [[0, 0, 0], []]),
    classNames: pick(random, [[], STRINGS]),
  }),
  DetectionSet: (random) => pick(random, DETECTION_SETS),
  DetectionDataset: (random) => pick(random, DETECTION_SETS).dataset,
  Split: (random) => ({ train: pick(random, DATASETS), test: pick(random, DATASETS) }),
  AnyLoss: () => crossEntropy(),
  Loss: () => crossEntropy(),
  Optimizer: () => sgd(),
  Int32Array: (random) => pick(random, [Int32Array.of(), Int32Array.of(-1, 2 ** 31 - 1, 0)]),
  Uint32Array: (random) => pick(random, [Uint32Array.of(), Uint32Array.of(2 ** 32 - 1, 0, 7)]),
  Uint8Array: (random) => pick(random, [new Uint8Array(0), new Uint8Array(50).fill(255)]),
  Float64Array: (random) => pick(random, [Float64Array.of(), Float64Array.of(NaN, 1, -Infinity)]),
  Float32Array: (random) => pick(random, [Float32Array.of(), Float32Array.of(NaN, 1, -Infinity)]),
  AbortSignal: () => AbortSignal.abort(),
  URL: () => new URL("file:///nowhere/"),
};

/** Most entries of a list; deeper than this many types, lists are empty. */
const MOST = 4, DEEPEST = 5;

/**
 * Opens a source of hostile values.
 *
 * @param interfaces Fields of the exported interfaces, by name.
 * @param aliases Types of the exported aliases, by name.
 * @returns A function that makes a value of a type.
 */
export function hostileValues(
  interfaces: ReadonlyMap<string, readonly DocField[]>,
  aliases: ReadonlyMap<string, DocType>,
): (type: DocType | undefined, random: Rng, depth?: number) => unknown {
  const record = (fields: readonly DocField[], random: Rng, depth: number) =>
    Object.fromEntries(
      fields
        .filter(({ optional }) => !(optional && random.uniform() < 0.6))
        .map(({ name, tsType }) => [name!, make(tsType, random, depth + 1)]),
    );
  const named = (type: DocType, random: Rng, depth: number): unknown => {
    const { typeName, typeParams = [] } = type.value as {
      typeName: string;
      typeParams?: DocType[];
    };
    const list = () => many(typeParams[0], random, depth);
    switch (typeName) {
      case "Readonly":
      case "Partial":
      case "Pick":
      case "Omit":
      case "Required":
        return make(typeParams[0], random, depth);
      case "Iterable":
      case "ArrayLike":
      case "ReadonlyArray":
        return list();
      case "ReadonlySet":
        return new Set(list());
      case "ReadonlyMap":
        return new Map(list().map((key) => [key, make(typeParams[1], random, depth + 1)]));
      case "Record":
        return { x: make(typeParams[1], random, depth + 1) };
    }
    if (Object.hasOwn(NAMED, typeName)) return NAMED[typeName](random);
    const fields = interfaces.get(typeName), alias = aliases.get(typeName);
    if (fields) return record(fields, random, depth);
    if (alias) return make(alias, random, depth + 1);
    // A parameter of a generic type, such as a name.
    return typeName.includes(".") ? {} : pick(random, STRINGS);
  };
  const many = (type: DocType | undefined, random: Rng, depth: number): unknown[] =>
    depth > DEEPEST
      ? []
      : Array.from({ length: random.below(MOST) }, () => make(type, random, depth + 1));
  const make = (type: DocType | undefined, random: Rng, depth = 0): unknown => {
    switch (type?.kind) {
      case "keyword":
        if (type.value === "number") return pick(random, NUMBERS);
        if (type.value === "string") return pick(random, STRINGS);
        if (type.value === "boolean") return random.uniform() < 0.5;
        return undefined;
      case "literal":
        return type.value.string ?? type.value.number ?? type.value.boolean;
      case "union":
        return make(pick(random, type.value as DocType[]), random, depth);
      case "intersection":
        return Object.assign(
          {},
          ...(type.value as DocType[]).map((part) => make(part, random, depth)),
        );
      case "array":
        return many(type.value, random, depth);
      case "tuple":
        return (type.value as DocType[]).map((part) => make(part, random, depth + 1));
      case "typeOperator":
        return make(type.value.tsType, random, depth);
      case "parenthesized":
        return make(type.value, random, depth);
      case "typeLiteral":
        return record(type.value.properties ?? [], random, depth);
      case "indexedAccess":
        return many({ kind: "keyword", value: "number" }, random, depth);
      case "typeRef":
        return depth > DEEPEST ? {} : named(type, random, depth);
      default:
        return undefined;
    }
  };
  return make;
}
