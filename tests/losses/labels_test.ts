/**
 * Every loss refuses labels that are no classes, and batches whose shapes do not fit, on every backend.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import * as losses from "../../lib/losses/mod.ts";
import { testOnBackends } from "../backends.ts";

const {
  abcNorm,
  ace,
  ala,
  balancedContrastive,
  balancedSoftmax,
  bcl,
  classBalancedLoss,
  crossEntropy,
  disalign,
  dtrg,
  dualPathLoss,
  eql,
  expertAssignment,
  focal,
  gcl,
  iif,
  labelAwareSmoothing,
  ldam,
  logitAdjusted,
  mbj,
  mixedLoss,
  paco,
  rideDistillation,
  rideLoss,
  seesaw,
  sigmoidEql,
  sigmoidFocal,
  softmaxBinary,
  supervisedContrastive,
  withTeacher,
  tsc,
  varianceRegularized,
  xerm,
  xermExperts,
} = losses;

/** Exports that take no labels. */
const OTHERS = [
  "disalignLogits",
  "disalignWeights",
  "effectiveNumberWeights",
  "iifLogits",
  "iifWeights",
  "logitAdjustment",
  "softCrossEntropy",
  "stateful",
];

const COUNTS = [6, 3, 1], CLASSES = COUNTS.length, CHANNELS = 4;

/** Everything that a loss of two images can ask for, with as many rows as logits have. */
function contextOf(logits: tf.Tensor2D, views = 1): losses.LossContext {
  const [batch] = logits.shape;
  const unit = (rows: number) => tf.ones([rows, CHANNELS]).div(2) as tf.Tensor2D;
  return {
    progress: 1,
    seed: tf.tensor1d([1, 2], "int32"),
    features: unit(batch),
    experts: [logits, logits],
    splitLogits: logits,
    teacher: logits,
    routes: tf.zeros([batch, 1]),
    projections: unit(views * batch),
    keys: unit(batch),
    prototypes: unit(CLASSES),
    classifiers: [{ channels: CHANNELS, logits: (x) => x.slice([0, 0], [-1, CLASSES]) }],
    norms: [{
      site: { stage: 3, block: 0, role: "last", channels: 2, isFirst: true, isLast: true },
      weight: tf.ones([2]),
      bias: tf.zeros([2]),
    }] as unknown as losses.LossContext["norms"],
  };
}

type Apply = (logits: tf.Tensor2D, labels: tf.Tensor1D) => unknown;

/** A loss with all that it can ask for. */
function of(loss: losses.AnyLoss, views?: number): Apply {
  const { init, apply } = losses.stateful(loss);
  return (logits, labels) => {
    const state = init({ batch: 2, channels: CHANNELS, experts: 2, projections: CHANNELS });
    return apply(state, logits, labels, contextOf(logits, views));
  };
}

const LOSSES: Readonly<Record<string, Apply>> = {
  abcNorm: of(abcNorm(COUNTS)),
  ace: of(ace(COUNTS, { upTo: [Infinity, 4] })),
  ala: of(ala(COUNTS)),
  balancedContrastive: (logits, labels) =>
    balancedContrastive()(logits, labels, tf.ones([CLASSES, CLASSES])),
  balancedSoftmax: of(balancedSoftmax(COUNTS)),
  bcl: of(bcl(COUNTS), 2),
  classBalancedLoss: of(classBalancedLoss(COUNTS)),
  crossEntropy: of(crossEntropy()),
  "crossEntropy smoothing": of(crossEntropy({ smoothing: 0.1 })),
  "crossEntropy weights": of(crossEntropy({ weights: [1, 2, 3], smoothing: 0.1 })),
  disalign: of(disalign(COUNTS)),
  dtrg: of(dtrg(COUNTS)),
  dualPathLoss: of(dualPathLoss(crossEntropy())),
  eql: of(eql(COUNTS)),
  expertAssignment: of(expertAssignment()),
  focal: of(focal()),
  gcl: of(gcl(COUNTS)),
  iif: of(iif(COUNTS)),
  labelAwareSmoothing: of(labelAwareSmoothing(COUNTS)),
  ldam: of(ldam(COUNTS)),
  logitAdjusted: of(logitAdjusted(COUNTS)),
  mbj: of(mbj(crossEntropy(), COUNTS, { memoryFrom: 0 })),
  mixedLoss: (logits, labels) =>
    mixedLoss(sigmoidEql(COUNTS))(logits, labels, labels, tf.scalar(0.5)),
  paco: of(paco(COUNTS, { queue: 8 })),
  rideDistillation: of(rideDistillation(COUNTS)),
  rideLoss: of(rideLoss(COUNTS)),
  seesaw: of(seesaw(CLASSES)),
  sigmoidEql: of(sigmoidEql(COUNTS)),
  sigmoidFocal: of(sigmoidFocal()),
  softmaxBinary: of(softmaxBinary()),
  supervisedContrastive: (logits, labels) => supervisedContrastive()(logits, labels),
  withTeacher: of(withTeacher(xerm(COUNTS))),
  tsc: of(tsc(tf.scalar(0))),
  varianceRegularized: of(varianceRegularized(sigmoidEql(COUNTS))),
  xerm: (logits, labels) => xerm(COUNTS)(logits, logits, labels),
  xermExperts: of(xermExperts(COUNTS)),
};

/** Losses without a number of classes, for which any label from 0 is a class. */
const UNBOUNDED = ["supervisedContrastive"];

Deno.test("every loss is tested with labels that are no classes", () => {
  const names = new Set(Object.keys(LOSSES).map((name) => name.split(" ")[0]));
  assertEquals([...names, ...OTHERS].sort(), Object.keys(losses).sort());
});

for (const [name, apply] of Object.entries(LOSSES)) {
  testOnBackends(`${name} refuses labels that are no classes, and shapes that do not fit`, () => {
    const logits = tf.tensor2d([[0.5, -0.5, 0], [0, 0.5, -0.5]]);
    const refused = (labels: tf.Tensor, rows: tf.Tensor, message: string) => {
      const before = tf.memory().numTensors;
      const call = () => tf.tidy(() => apply(rows as tf.Tensor2D, labels as tf.Tensor1D) as never);
      assertThrows(call, Error, message);
      assertEquals(tf.memory().numTensors, before);
    };
    apply(logits, tf.tensor1d([0, 2], "int32"));
    const bounded = UNBOUNDED.includes(name) ? [] : [CLASSES, 2 ** 31 - 1];
    for (const label of [-1, -(2 ** 31), ...bounded]) {
      refused(tf.tensor1d([0, label], "int32"), logits, `but found ${label} at position 1`);
    }
    refused(tf.tensor1d([0, 2]), logits, "Expected labels to be int32 but found float32");
    refused(tf.tensor1d([0, 1, 2], "int32"), logits, "Expected");
    // One row would be broadcast to any number of labels.
    refused(tf.tensor1d([0, 2], "int32"), logits.slice([0, 0], [1, CLASSES]), "Expected");
    refused(tf.tensor1d([], "int32"), tf.zeros([0, CLASSES]), "Expected");
    refused(tf.tensor2d([[0], [2]], undefined, "int32"), logits, "Expected");
  });
}
