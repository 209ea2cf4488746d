/**
 * Tokens for second stages.
 *
 * @module
 */
import {
  crossEntropy,
  disalign,
  effectiveNumberWeights,
  expertAssignment,
  gcl,
  iifWeights,
  labelAwareSmoothing,
  softmaxBinary,
  withTeacher,
  xerm,
  xermExperts,
} from "../losses/mod.ts";
import { append } from "../nn/append.ts";
import { boundedCosine } from "../nn/bounded_cosine.ts";
import { learnedScale } from "../nn/learned_scale.ts";
import { routedExperts } from "../nn/routed_experts.ts";
import { scaledLogits } from "../nn/scaled_logits.ts";
import { withFeatures } from "../nn/with_features.ts";
import { disalignLayer } from "../post_hoc/disalign_layer.ts";
import { classAwareSampler, classBalancedSampler } from "../samplers/mod.ts";
import { sgd } from "../optim/optimizer.ts";
import { constantSchedule } from "../optim/schedule.ts";
import { reinitialise } from "../loop/stages/classifier.ts";
import { setLogitFactors } from "../loop/stages/logit_factors.ts";
import { measureMaxNorm, projectMaxNorm } from "../loop/stages/max_norm.ts";
import type { Stage } from "../loop/stages/stage.ts";
import { keepTeacher } from "../loop/stages/teacher.ts";
import { rideOf, rideStage } from "./experts.ts";
import { isLarge } from "./lengths.ts";
import { gclDecay, scaleOf } from "./losses.ts";
import { mislas } from "./mislas.ts";
import type { StageSetting } from "./recipe.ts";
import { cosine, type SecondStageToken, share, stage } from "./second_stage.ts";
import type { Tokens } from "./token.ts";

/** Makes a stage that retrains the classifier with class-balanced sampling. */
function retrained(trains: readonly string[]): SecondStageToken["second"] {
  return (setting) =>
    stage(setting, {
      name: "classifier",
      iterations: share(setting, 10, 90),
      rate: 0.2,
      loss: crossEntropy(),
      sampler: classBalancedSampler,
      // A new classifier needs new statistics of LR.
      trains: [...trains, "lr"],
      statistics: "shifting",
      begin: reinitialise(["head"]),
    });
}

/** Learning rate and epochs of IIF's classifier stage, `of` those of its first stage. */
const iifStage = (dataSet: string) =>
  isLarge(dataSet) ? { rate: 2e-5, epochs: 5, of: 200 } : { rate: 1e-4, epochs: 20, of: 400 };

const DECOUPLING = "Kang et al. 2020";

/** Source that second stages on a frozen backbone follow. */
const follows = (whose: string) =>
  `${whose} code: the backbone's parameters are fixed, but its batch norms stay in training mode and their running ` +
  "statistics go on moving; `--statistics fixed` holds them too";

const LINEAR = "it trains a linear classifier";

/** Learning rate of LTR-WD per image of the batch: 0.01 for a batch of 64. */
const LTR_WD_RATE = 0.01 / 64;

/** γ of xERM: 1.5 for CIFAR-100, 2 for the others. */
const xermGamma = (dataSet: string) => dataSet.startsWith("cifar100") ? 1.5 : 2;

/** Learning rate and weight decay of xERM's student. */
function xermStage({ dataSet, iterations, batch }: StageSetting): Partial<Stage> {
  return isLarge(dataSet)
    ? { schedule: cosine(0.05 * batch / 256, iterations), optimizer: sgd({ weightDecay: 5e-4 }) }
    : { optimizer: sgd({ weightDecay: 1e-4 }) };
}

/** Every second stage by its token. */
export const SECOND_STAGES: Tokens<SecondStageToken> = {
  crt: {
    about: "cRT: a new classifier on the fixed features, class-balanced",
    source: DECOUPLING,
    functions: ["reinitialise", "classBalancedSampler"],
    follows: follows("its authors'"),
    brings: ["ce"],
    linear: LINEAR,
    second: retrained(["head"]),
  },
  "crt-magnitude": {
    about: "NBN*: cRT that trains NBN's magnitude too",
    source: "the paper, Table VIII",
    functions: ["reinitialise", "nbn"],
    follows: follows("the paper's"),
    brings: ["ce"],
    linear: LINEAR,
    requires: { nbn: "it trains the magnitude of NBN" },
    second: retrained(["head", "nbn"]),
  },
  lws: {
    about: "LWS: one learned factor for each class",
    source: DECOUPLING,
    functions: ["learnedScale"],
    follows: follows("its authors'"),
    brings: ["ce"],
    linear: "it scales the weights of a linear classifier",
    extend: (network) => append(network, { lws: learnedScale() }),
    adds: "lws",
    second: (setting) =>
      stage(setting, {
        name: "scales",
        iterations: share(setting, 5, 90),
        rate: 0.2,
        loss: crossEntropy(),
        sampler: classBalancedSampler,
        trains: ["lws"],
        statistics: "shifting",
      }),
  },
  disalign: {
    about: "DisAlign: calibrated logits, rare classes weighted",
    source: "Zhang et al. 2021",
    functions: ["disalign", "disalignLayer"],
    follows:
      "the paper's formula, σ·(s⊙z + b) + (1 − σ)·z with s from 1; circulating copies have (1 + σ·s)⊙z + σ·b and a " +
      "confidence that starts at weights of 0.1",
    brings: ["ce"],
    extend: (network) => withFeatures(network, "disalign", disalignLayer()),
    adds: "disalign",
    second: (setting) =>
      stage(setting, {
        name: "alignment",
        iterations: share(setting, 10, 90),
        rate: 0.1,
        loss: disalign(setting.counts),
        trains: ["disalign"],
      }),
  },
  mislas: {
    about: "MiSLAS: mixup, then label-aware smoothing on a scaled head",
    source: "Zhong et al. 2021",
    functions: ["mixupBatches", "labelAwareSmoothing", "learnedScale"],
    follows:
      "its authors' weight decay in the second stage: 2e-4 for CIFAR, 5e-4 for large images, 1e-4 for iNaturalist",
    brings: ["ce", "mixup"],
    losses: ["ce"],
    linear: "it scales the weights of a linear classifier",
    extend: (network) => append(network, { lws: learnedScale() }),
    adds: "lws",
    second(setting) {
      const { head, tail, factor, shifting, weightDecay } = mislas(setting);
      return stage(setting, {
        name: "smoothing",
        iterations: share(setting, 10, 200),
        rate: 0.1,
        loss: labelAwareSmoothing(setting.counts, { head, tail }),
        sampler: classAwareSampler,
        trains: ["head", "lws", "lr"],
        statistics: shifting ? "shifting" : "fixed",
        optimizer: sgd({
          weightDecay,
          rate: (path) => path.startsWith("head/") ? factor : 1,
        }),
      });
    },
  },
  "ltr-wd": {
    about: "LTR-WD: strong weight decay, then the head with MaxNorm",
    source: "Alshammari et al. 2022",
    functions: ["softmaxBinary", "projectMaxNorm"],
    follows: follows("its authors'"),
    brings: ["ce"],
    losses: ["ce"],
    linear: "it limits the weights of a linear classifier",
    first: ({ batch, iterations }) => ({
      schedule: cosine(LTR_WD_RATE * batch, iterations),
      optimizer: sgd({ weightDecay: 5e-3 }),
    }),
    second: (setting) =>
      stage(setting, {
        name: "head",
        iterations: share(setting, 10, 320),
        rate: LTR_WD_RATE * setting.batch,
        weightDecay: 0.1,
        loss: softmaxBinary({ weights: effectiveNumberWeights(setting.counts, 0.9999) }),
        trains: ["head", "lr"],
        statistics: "shifting",
        begin: measureMaxNorm(),
        projection: projectMaxNorm(),
      }),
  },
  "gcl-head": {
    about: "GCL's second stage: its head trained further, class-balanced",
    source: "Li et al. 2022",
    functions: ["gcl"],
    requires: { gcl: "it goes on with the head of that loss" },
    second: (setting, _first, { loss }) =>
      stage(setting, {
        name: "head",
        iterations: share(setting, 30, 200),
        rate: 0.1,
        weightDecay: gclDecay(setting),
        loss: gcl(setting.counts, {
          // After LR the head returns plain logits.
          scale: scaleOf(loss) === 1 ? 1 : 20,
          margin: 0.1,
          gamma: 1,
        }),
        sampler: classBalancedSampler,
        trains: ["head", "lr"],
      }),
  },
  // As in the authors' code, the first stage uses plain cross-entropy, and the factors apply in the second stage and at
  // test time, while the `iif` tokens apply them from the first step on. The head continues from the first stage.
  "iif-head": {
    about:
      "IIF, decoupled: its cosine head by cross-entropy, then trained further with its factors",
    source: "Alexandridis et al. 2023",
    functions: ["iifWeights", "boundedCosine", "setLogitFactors"],
    brings: ["ce"],
    losses: ["ce"],
    head: (classes) => boundedCosine({ units: classes }),
    extend: (network, _loss, counts) => append(network, { iif: scaledLogits(counts.map(() => 1)) }),
    second(setting) {
      const { rate, epochs, of } = iifStage(setting.dataSet);
      const iterations = share(setting, epochs, of);
      return stage(setting, {
        name: "head",
        iterations,
        rate,
        schedule: constantSchedule(rate),
        weightDecay: 1e-4,
        loss: crossEntropy(),
        trains: ["head", "lr"],
        begin: setLogitFactors("iif", iifWeights(setting.counts, { form: "smooth" })),
      });
    },
  },
  routed: {
    about: "routers that send an image on to the next expert only where that helps",
    source: "Wang et al. 2021, RIDE",
    functions: ["routedExperts", "expertAssignment"],
    experts: "it routes between experts",
    extend: (network, loss) => routedExperts(network, { scale: scaleOf(loss) }),
    adds: "router",
    second: (setting) =>
      stage(setting, {
        name: "routers",
        iterations: share(setting, 5, isLarge(setting.dataSet) ? 100 : 200),
        rate: 0.01,
        loss: expertAssignment(),
        sampler: classBalancedSampler,
        trains: ["router"],
      }),
  },
  distilled: {
    about: "distilled RIDE: a teacher of six experts first, then the recipe's own, who follow it",
    source: "Wang et al. 2021, RIDE",
    functions: ["rideDistillation", "keepTeacher"],
    experts: "they follow a teacher of six",
    teacher: rideOf(6, -0.1),
    second: (setting, first, { loss, experts }) => ({
      ...first,
      // The recipe's own network again, not the teacher's.
      network: undefined,
      name: "student",
      iterations: setting.iterations,
      loss: experts!.distilled(loss, setting),
      // For CIFAR-100 the authors warm up for 20 of 200 epochs here.
      ...rideStage(setting, isLarge(setting.dataSet) ? {} : { warmup: 0.1 }),
      begin: keepTeacher(),
    }),
  },
  xerm: {
    about: "xERM: a student that starts from a cross-entropy teacher",
    source: "Zhu et al. 2022",
    functions: ["xerm", "xermExperts", "keepTeacher"],
    follows:
      "its authors' student: on large images a rate of 0.05 for a batch of 256 along a cosine and weight decay 5e-4, on " +
      "small ones the first stage's rate and 1e-4",
    brings: ["ce"],
    losses: ["ce"],
    second: (setting, first, { loss, experts }) => ({
      ...first,
      name: "student",
      iterations: setting.iterations,
      begin: keepTeacher(),
      ...(experts
        // As in the authors' code for RIDE, whose learning rate drops at epochs 120 and 160 of 200.
        ? {
          loss: xermExperts(setting.counts, { scale: scaleOf(loss) }),
          ...rideStage(setting, { falls: [0.6, 0.8], weightDecay: 2e-4 }),
        }
        : {
          loss: withTeacher(xerm(setting.counts, { gamma: xermGamma(setting.dataSet) })),
          ...xermStage(setting),
        }),
    }),
  },
};
