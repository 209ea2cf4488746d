/**
 * Losses of features, experts, teachers and stored state, against PyTorch and finite differences.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import {
  ace,
  balancedContrastive,
  bcl,
  crossEntropy,
  dtrg,
  expertAssignment,
  gcl,
  paco,
  type PacoOptions,
  rideDistillation,
  rideLoss,
  type RideLossOptions,
  seesaw,
  stateful,
  supervisedContrastive,
  xerm,
} from "../../lib/losses/mod.ts";
import { momentumUpdate } from "../../lib/nn/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

interface Packed {
  shape: number[];
  values: number[];
}

interface Case {
  inputs: Record<string, Packed>;
  value: number;
  gradients: Record<string, number[]>;
  labels: number[];
  queue?: Packed;
  queueLabels?: number[];
  centres?: Packed;
  known?: number[];
}

const golden: {
  counts: number[];
  cases: Record<string, Case>;
  seesaw: {
    logits: number[];
    labels: number[];
    value: number;
    gradient: number[];
    counts: number[];
  }[];
} = JSON.parse(
  await Deno.readTextFile(new URL("../golden/composed_losses.json", import.meta.url)),
);

const { counts } = golden;

const unpack = ({ shape, values }: Packed) => tf.tensor(values, shape);
const int32 = (values: readonly number[]) => tf.tensor1d([...values], "int32");

type Inputs = Record<string, tf.Tensor2D>;
type Compute = (inputs: Inputs, labels: tf.Tensor1D, found: Case) => tf.Scalar;

const pacoState = ({ queue, queueLabels }: Case): Params => ({
  queue: unpack(queue!),
  queueLabels: int32(queueLabels!),
});

const contrast = (
  options: PacoOptions,
  state: Params,
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  projections: tf.Tensor2D,
  keys: tf.Tensor2D,
) =>
  paco(counts, { queue: (state.queue as tf.Tensor).shape[0], ...options })
    .apply(state, logits, labels, { progress: 0, projections, keys }).loss;

const dtrgState = ({ centres, known }: Case): Params => ({
  centres: unpack(centres!),
  known: tf.tensor1d(known!),
  sums: tf.zeros(centres!.shape),
  seen: tf.zeros([counts.length]),
  step: tf.scalar(0, "int32"),
});

const experts = (inputs: Inputs) => [inputs.expert0, inputs.expert1, inputs.expert2];

/** RIDE's loss of experts, which ignores the network's mean logits. */
const ride = (
  options: RideLossOptions,
  experts: readonly tf.Tensor2D[],
  labels: tf.Tensor1D,
  progress: number,
) => rideLoss(counts, options).apply({}, experts[0], labels, { progress, experts }).loss;

/** Golden cases: the loss, and the step size of finite differences. */
const LOSSES: Record<string, { compute: Compute; step?: number; detached?: boolean }> = {
  "supervisedContrastive": {
    compute: ({ features }, labels) => supervisedContrastive()(features, labels),
    step: 1e-3,
  },
  "supervisedContrastive warm": {
    compute: ({ features }, labels) =>
      supervisedContrastive({ temperature: 0.5 })(features, labels),
  },
  "balancedContrastive": {
    compute: ({ features, prototypes }, labels) =>
      balancedContrastive({ temperature: 0.1 })(features, labels, prototypes),
    step: 2e-3,
  },
  "bcl": {
    compute: ({ logits, one, two, prototypes }, labels) =>
      bcl(counts)(logits, labels, {
        progress: 0,
        projections: tf.concat([one, two]),
        prototypes,
      }),
    step: 1e-3,
  },
  "paco": {
    compute: ({ logits, queries, keys }, labels, found) =>
      contrast({}, pacoState(found), logits, labels, queries, keys),
    detached: true,
  },
  "paco imagenet": {
    compute: ({ logits, queries, keys }, labels, found) =>
      contrast(
        { alpha: 0.05, temperature: 0.2 },
        pacoState(found),
        logits,
        labels,
        queries,
        keys,
      ),
    detached: true,
  },
  "dtrg squared": {
    compute: ({ logits, features }, labels, found) =>
      dtrg(counts).apply(dtrgState(found), logits, labels, { progress: 0, features }).loss,
  },
  "dtrg divergence": {
    compute: ({ logits, features }, labels, found) =>
      dtrg(counts, { form: "divergence" })
        .apply(dtrgState(found), logits, labels, { progress: 0, features }).loss,
    step: 3e-3,
  },
  "rideLoss early": {
    compute: (inputs, labels) => ride({ factor: -0.45 }, experts(inputs), labels, 0.5),
    detached: true,
  },
  "rideLoss late": {
    compute: (inputs, labels) => ride({}, experts(inputs), labels, 1),
    detached: true,
  },
  "rideLoss plain": {
    compute: (inputs, labels) =>
      ride({ base: crossEntropy(), scale: 1, temperature: 2 }, experts(inputs), labels, 0),
    detached: true,
  },
  "xerm": {
    compute: ({ student, teacher }, labels) => xerm(counts)(student, teacher, labels),
    detached: true,
  },
  "xerm 1.5": {
    compute: ({ student, teacher }, labels) =>
      xerm(counts, { gamma: 1.5 })(student, teacher, labels),
    detached: true,
  },
  "ace": {
    compute: (inputs, labels) =>
      ace(counts)(inputs.expert0, labels, { progress: 0, experts: experts(inputs) }),
  },
  "rideDistillation": {
    compute: (inputs, labels) =>
      rideDistillation(counts).apply({}, inputs.expert0, labels, {
        progress: 0,
        experts: experts(inputs),
        teacher: inputs.teacher,
      }).loss,
    detached: true,
  },
  "expertAssignment": {
    compute: (inputs, labels) =>
      expertAssignment()(inputs.expert0, labels, {
        progress: 0,
        experts: experts(inputs),
        routes: inputs.routes,
      }),
  },
};

Deno.test("every golden composed loss is tested", () => {
  assertEquals(Object.keys(LOSSES), Object.keys(golden.cases));
});

for (const [name, { compute, step = 1e-2, detached = false }] of Object.entries(LOSSES)) {
  const found = golden.cases[name];
  const names = Object.keys(found.inputs);
  testOnBackends(
    `${name} agrees with PyTorch, eager and traced, and with finite differences`,
    async () => {
      const tensors = names.map((input) => unpack(found.inputs[input]));
      const labels = int32(found.labels);
      const of = (...tensors: tf.Tensor[]) =>
        compute(
          Object.fromEntries(tensors.map((tensor, i) => [names[i], tensor as tf.Tensor2D])),
          labels,
          found,
        );
      const all = (...tensors: tf.Tensor[]) => ({
        value: of(...tensors),
        gradients: tf.grads(of)(tensors),
      });
      const run = traced(all);
      for (const { value, gradients } of [all(...tensors), await run(...tensors)]) {
        assertAlmostEquals(value.dataSync()[0], found.value, 1e-5 * Math.abs(found.value));
        gradients.forEach((gradient, i) => {
          const expected = found.gradients[names[i]];
          if (expected.every((value) => value === 0)) {
            assertEquals([...gradient.dataSync()].map(Math.abs), expected, names[i]);
          } else assertClose(gradient.dataSync(), expected, 2e-5);
        });
      }
      run.dispose();
      if (!detached) assertGradients(of, tensors, { step });
    },
  );
}

testOnBackends("only detached factors explain differences from finite differences", () => {
  const labels = int32([0, 4, 2]);
  const constant = (i: number) => randomTensor<tf.Tensor2D>([3, 5], rng(i), 0.5);
  assertGradients((z) => xerm(counts)(z as tf.Tensor2D, constant(1), labels), [constant(0)]);
  // Without a diversity factor RIDE's loss has no constant term.
  assertGradients(
    (a, b) => ride({ factor: 0 }, [a, b] as tf.Tensor2D[], labels, 0),
    [constant(0), constant(1)],
    { step: 1e-3 },
  );
  const state = paco(counts, { queue: 4 }).init({ batch: 3, projections: 5 });
  assertGradients((...[logits, queries]) =>
    contrast(
      { temperature: 0.5 },
      state,
      logits as tf.Tensor2D,
      labels,
      queries as tf.Tensor2D,
      constant(3),
    ), [constant(0), constant(1)]);
  const teacher = constant(4);
  assertGradients(
    (a, b) =>
      rideDistillation(counts, { factor: 0 }).apply({}, a as tf.Tensor2D, labels, {
        progress: 0,
        experts: [a, b] as tf.Tensor2D[],
        teacher,
      }).loss,
    [constant(0), constant(1)],
    { step: 1e-3 },
  );
});

testOnBackends("seesaw() agrees with PyTorch over several batches, eager and traced", async () => {
  const loss = seesaw(counts.length);
  const compute = (state: Params, z: tf.Tensor, labels: tf.Tensor) => {
    const of = (z: tf.Tensor) => loss.apply(state, z as tf.Tensor2D, labels as tf.Tensor1D);
    return { ...of(z), gradient: tf.grad((z) => of(z).loss)(z) };
  };
  const run = traced(compute);
  for (const apply of [compute, run]) {
    let state: Params = loss.init({ batch: 4 });
    for (const { logits, labels, value, gradient, counts } of golden.seesaw) {
      const z = tf.tensor2d(logits, [4, 5]);
      const found = await apply(state, z, int32(labels));
      assertAlmostEquals(found.loss.dataSync()[0], value, 1e-5);
      assertClose(found.gradient.dataSync(), gradient, 1e-5);
      state = found.state as Params;
      assertEquals([...(state.counts as tf.Tensor).dataSync()], counts);
    }
  }
  run.dispose();
});

testOnBackends(
  "seesaw() without factors is cross-entropy, and its factors are detached",
  () => {
    const labels = int32([0, 3, 3]);
    const z = randomTensor<tf.Tensor2D>([3, 5], rng(4));
    const { loss } = seesaw(5, { p: 0, q: 0 }).apply({ counts: tf.zeros([5]) }, z, labels);
    assertAlmostEquals(loss.dataSync()[0], crossEntropy()(z, labels).dataSync()[0], 1e-6);
    // The mitigation term does not depend on the logits.
    const mitigated = seesaw(5, { q: 0 }), state = { counts: tf.tensor1d([9, 5, 1, 0, 2]) };
    assertGradients((z) => mitigated.apply(state, z as tf.Tensor2D, labels).loss, [z]);
  },
);

testOnBackends("dtrg() uses the means of an epoch as centres of the next", () => {
  // Five images, batches of two: an epoch is three steps, the last reaching into the next.
  const loss = dtrg([3, 1, 1]);
  const features = [[[1, 0], [3, 0]], [[0, 2], [5, 0]], [[0, 4], [7, 7]], [[1, 1], [1, 1]]];
  const labels = [[0, 0], [1, 0], [1, 1], [2, 2]];
  let state = loss.init({ batch: 2, channels: 2 });
  const values = (name: string) => [...(state[name] as tf.Tensor).dataSync()];
  const seen: number[][] = [];
  for (const [i, x] of features.entries()) {
    const context = { progress: 0, features: tf.tensor2d(x) };
    const result = loss.apply(state, tf.zeros([2, 3]), int32(labels[i]), context);
    state = result.state;
    seen.push(values("step"));
  }
  assertEquals(seen.flat(), [1, 2, 0, 1]);
  assertEquals(values("known"), [1, 1, 0]);
  assertClose(values("centres"), [3, 0, 7 / 3, 13 / 3, 0, 0], 1e-6);
  assertEquals([values("sums"), values("seen")], [[0, 0, 0, 0, 2, 2], [0, 0, 2]]);
});

testOnBackends(
  "dtrg() is cross-entropy in the first epoch and for classes without a centre",
  () => {
    const z = randomTensor<tf.Tensor2D>([2, 3], rng(5)), labels = int32([0, 2]);
    const { init, apply } = dtrg([3, 1, 1]);
    const context = { progress: 0, features: randomTensor<tf.Tensor2D>([2, 4], rng(6)) };
    const state = init({ batch: 2, channels: 4 });
    const plain = crossEntropy()(z, labels).dataSync()[0];
    assertAlmostEquals(apply(state, z, labels, context).loss.dataSync()[0], plain, 1e-6);
    const known = { ...state, centres: tf.ones([3, 4]), known: tf.tensor1d([0, 1, 0]) };
    assertAlmostEquals(apply(known, z, labels, context).loss.dataSync()[0], plain, 1e-6);
  },
);

testOnBackends("paco() stores the newest keys and their labels", () => {
  const { init, apply } = paco(counts, { queue: 5 });
  const start = init({ batch: 2, projections: 2, seed: 3 });
  const lengths = (start.queue as tf.Tensor).norm(2, 1).dataSync();
  assertClose(lengths, [1, 1, 1, 1, 1], 1e-6);
  assertEquals(
    [...(start.queue as tf.Tensor).dataSync()],
    [...(init({ batch: 2, projections: 2, seed: 3 }).queue as tf.Tensor).dataSync()],
  );
  let state = start;
  const keys = [[[1, 0], [0, 1]], [[-1, 0], [0, -1]], [[0.6, 0.8], [0.8, 0.6]]];
  for (const [i, rows] of keys.entries()) {
    const views = tf.tensor2d(rows);
    const context = { progress: 0, projections: views, keys: views };
    state = apply(state, tf.zeros([2, 5]), int32([i, i + 1]), context).state;
  }
  assertClose(
    (state.queue as tf.Tensor).dataSync(),
    [0.6, 0.8, 0.8, 0.6, -1, 0, 0, -1, 1, 0],
    1e-6,
  );
  assertEquals([...(state.queueLabels as tf.Tensor).dataSync()], [2, 3, 1, 2, 0]);
});

testOnBackends("momentumUpdate() matches parameters by path", () => {
  const of = (value: number) => ({ a: { w: tf.scalar(value) }, b: tf.tensor1d([value, 2]) });
  const moved = flatten(momentumUpdate(of(1), of(11), 0.9));
  assertEquals(moved.map(([path]) => path), ["a/w", "b"]);
  assertClose(moved[1][1].dataSync(), [2, 2], 1e-6);
  assertThrows(() => momentumUpdate(of(1), { a: { w: tf.scalar(1) } }), RangeError, "b");
  assertThrows(() => momentumUpdate(of(1), of(1), 2), RangeError, "momentum");
});

testOnBackends("rideLoss() accepts any base loss, with separate random numbers per expert", () => {
  const labels = int32([0, 1]), z = tf.zeros([2, 5]) as tf.Tensor2D;
  const context = { progress: 0, seed: tf.tensor1d([3, 4], "int32"), experts: [z, z] };
  const base = gcl(counts);
  const loss = rideLoss(counts, { base, factor: 0 });
  assertEquals([loss.uses, loss.phases], [["seed", "experts"], [0.8]]);
  const both = loss.apply({}, z, labels, context).loss.dataSync()[0];
  const first = base(z, labels, context).dataSync()[0];
  assert(Math.abs(both - 2 * first) > 1e-3, "the experts drew the same noise");
  assertEquals(rideLoss(counts, { deferAt: 0.5 }).phases, [0.5]);
});

testOnBackends("rideLoss() keeps a state per expert if its base has one", () => {
  const labels = int32([0, 1]), z = randomTensor<tf.Tensor2D>([2, 5], rng(8));
  const base = seesaw(5), loss = rideLoss(counts, { base, factor: 0, scale: 1 });
  const start = loss.init({ batch: 2, experts: 3 });
  assertEquals(
    flatten(start).map(([path]) => path),
    [1, 2, 3].map((expert) => `expert${expert}/counts`),
  );
  const context = { progress: 0, experts: [z, z, z] };
  const { loss: value, state } = loss.apply(start, z, labels, context);
  const alone = base.apply(base.init({ batch: 2 }), z, labels).loss.dataSync()[0];
  assertAlmostEquals(value.dataSync()[0], 3 * alone, 1e-5);
  for (const [, tensor] of flatten(state)) assertEquals([...tensor.dataSync()], [1, 1, 0, 0, 0]);
  assertEquals(rideLoss(counts).init({ batch: 2, experts: 3 }), {});
});

testOnBackends("composed losses are finite at extreme logits and for batches of one", () => {
  for (const size of [1e4, -1e4]) {
    const z = tf.tensor2d([[1, -1, -1, -1, -1]]).mul(size) as tf.Tensor2D;
    const zero = tf.zeros([1, 5]) as tf.Tensor2D;
    const x = tf.tensor2d([[1, 0]]), prototypes = tf.tensor2d([...Array(5)].map(() => [0, 1]));
    const queue = paco(counts, { queue: 3 }), centres = dtrg(counts);
    const state = {
      ...centres.init({ batch: 1, channels: 2 }),
      centres: tf.ones([5, 2]),
      known: tf.ones([5]),
    };
    for (const label of [0, 4]) {
      const labels = int32([label]), context = { progress: 0, features: x };
      const all: Record<string, (z: tf.Tensor2D) => tf.Scalar> = {
        seesaw: (z) => seesaw(5).apply({ counts: tf.zeros([5]) }, z, labels).loss,
        dtrg: (z) => centres.apply(state, z, labels, context).loss,
        bcl: (z) =>
          bcl(counts)(z, labels, { progress: 0, projections: tf.concat([x, x]), prototypes }),
        paco: (z) =>
          queue.apply(queue.init({ batch: 1, projections: 2 }), z, labels, {
            progress: 0,
            projections: x,
            keys: x,
          }).loss,
        ride: (z) => ride({ base: crossEntropy(), scale: 1 }, [z, zero], labels, 0),
        student: (z) => xerm(counts)(z, zero, labels),
        teacher: (z) => xerm(counts)(zero, z, labels),
        ace: (z) => ace(counts)(z, labels, { progress: 0, experts: [z, z, z] }),
        routes: (z) =>
          expertAssignment()(zero, labels, {
            progress: 0,
            experts: [zero, zero],
            routes: z.slice([0, 0], [1, 1]),
          }),
        distilled: (z) =>
          rideDistillation(counts, { base: crossEntropy(), scale: 1 }).apply({}, z, labels, {
            progress: 0,
            experts: [z, zero],
            teacher: zero,
          }).loss,
      };
      for (const [name, of] of Object.entries(all)) {
        const { value, grad } = tf.valueAndGrad((z) => of(z as tf.Tensor2D))(z);
        assert(Number.isFinite(value.dataSync()[0]), `${name}, label ${label}, ${size}`);
        assert(grad.dataSync().every(Number.isFinite), `gradient of ${name}, ${label}, ${size}`);
      }
    }
  }
});

testOnBackends("contrastive losses accept single images and features of length 0", () => {
  const one = tf.tensor2d([[0, 0]]), label = int32([1]);
  assertEquals(supervisedContrastive()(one, label).dataSync()[0], 0);
  const derivative = tf.grad((x) => supervisedContrastive()(x as tf.Tensor2D, label))(one);
  assertEquals([...derivative.dataSync()].map(Math.abs), [0, 0]);
  const prototypes = tf.zeros([3, 2]) as tf.Tensor2D;
  const value = balancedContrastive()(one, label, prototypes).dataSync()[0];
  assertAlmostEquals(value, Math.log(3), 1e-6);
});

testOnBackends("composed losses throw on mismatched shapes", () => {
  const z = tf.zeros([2, 3]) as tf.Tensor2D, labels = int32([0, 1]);
  const x = tf.zeros([2, 4]) as tf.Tensor2D, right = tf.zeros([2, 5]) as tf.Tensor2D;
  const { init, apply } = paco(counts, { queue: 1 });
  const bad: (() => unknown)[] = [
    () => seesaw(5).apply({ counts: tf.zeros([5]) }, z, labels),
    () => dtrg(counts).apply({}, z, labels, { progress: 0, features: x }),
    () => supervisedContrastive()(x, int32([0])),
    () => balancedContrastive()(x, labels, z),
    () => bcl(counts)(right, labels, { progress: 0, projections: x, prototypes: x }),
    () =>
      apply(init({ batch: 1, projections: 4 }), right, labels, {
        progress: 0,
        projections: x,
        keys: x,
      }),
    () => init({ batch: 2, projections: 4 }),
    () => ride({}, [], labels, 0),
    () => ride({}, [right, z], labels, 0),
    () => rideLoss(counts).init({ batch: 2, experts: 1 }),
    () => xerm(counts)(right, z, labels),
    () => ace(counts)(right, labels, { progress: 0, experts: [right] }),
    () => expertAssignment()(right, labels, { progress: 0, experts: [right, right], routes: x }),
    () =>
      rideDistillation(counts).apply({}, right, labels, {
        progress: 0,
        experts: [right, right],
        teacher: z,
      }),
  ];
  for (const [i, call] of bad.entries()) assertThrows(call, RangeError, "Expected", `${i}`);
  assertThrows(() => dtrg(counts).apply({}, right, labels), TypeError, "features");
  assertThrows(() => dtrg(counts).init({ batch: 2 }), TypeError, "channels");
  assertThrows(() => rideLoss(counts).apply({}, right, labels), TypeError, "experts");
  assertThrows(() => paco(counts).init({ batch: 2 }), TypeError, "projections");
  const bare = { progress: 0, experts: [right, right] };
  assertThrows(() => ace(counts)(right, labels), TypeError, "experts");
  assertThrows(() => expertAssignment()(right, labels, bare), TypeError, "routes");
  assertThrows(() => rideDistillation(counts).apply({}, right, labels, bare), TypeError, "teacher");
  assertThrows(
    () => bcl(counts)(right, labels, { progress: 0, projections: x }),
    TypeError,
    "contain prototypes",
  );
  assertThrows(() => bcl(counts)(right, labels), TypeError, "contain projections");
});

Deno.test("composed losses throw on numbers out of range", () => {
  const bad: (() => unknown)[] = [
    () => seesaw(0),
    () => seesaw(5, { p: -1 }),
    () => seesaw(5, { epsilon: 0 }),
    () => dtrg(counts, { form: "other" as never }),
    () => dtrg(counts, { tau: 0 }),
    () => dtrg([0]),
    () => supervisedContrastive({ temperature: 0 }),
    () => balancedContrastive({ temperature: -1 }),
    () => bcl(counts, { contrastive: -1 }),
    () => paco(counts, { alpha: -1 }),
    () => paco(counts, { queue: 0 }),
    () => rideLoss(counts, { deferAt: 2 }),
    () => rideLoss(counts, { factor: NaN }),
    () => rideLoss(counts, { scale: 0 }),
    () => rideLoss(counts, { base: dtrg(counts) }),
    () => rideLoss([9, 1], { reweightFactor: 2 }),
    () => xerm(counts, { gamma: -1 }),
    () => ace(counts, { upTo: [100] }),
    () => ace(counts, { upTo: [Infinity, 10, 20] }),
    () => ace(counts, { complement: -1 }),
    () => expertAssignment({ positiveWeight: 0 }),
    () => rideDistillation(counts, { distillation: -1 }),
    () => rideDistillation(counts, { distillationTemperature: 0 }),
  ];
  for (const [i, make] of bad.entries()) assertThrows(make, RangeError, "Expected", `${i}`);
});

Deno.test("stateful() returns stateful losses unchanged", () => {
  const loss = seesaw(3);
  assertEquals(stateful(loss), loss);
  assertEquals(stateful(gcl(counts)).uses, ["seed"]);
});
