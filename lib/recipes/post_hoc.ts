/**
 * Tokens for post-hoc methods, which take no training steps.
 *
 * @module
 */
import { crossEntropy } from "../losses/mod.ts";
import { append } from "../nn/append.ts";
import { calibratedLogits } from "../nn/calibrated_logits.ts";
import type { Network } from "../nn/network.ts";
import { withFeatures } from "../nn/with_features.ts";
import { nearestClassMeanLayer } from "../post_hoc/nearest_class_mean_layer.ts";
import { instanceBalancedSampler } from "../samplers/mod.ts";
import { sgd } from "../optim/optimizer.ts";
import { constantSchedule } from "../optim/schedule.ts";
import { measureClassMeans } from "../loop/stages/class_means.ts";
import { measureLogitStatistics } from "../loop/stages/logit_statistics.ts";
import type { Stage, StageHook } from "../loop/stages/stage.ts";
import { selectTau } from "../loop/stages/tau.ts";
import type { Token, Tokens } from "./token.ts";

/** A method applied to a trained network. */
export interface PostHocToken extends Token {
  /** Why it requires a linear classifier, if so. */
  readonly linear?: string;
  /** Default tokens, each added unless the recipe names another of its kind. */
  readonly brings?: readonly string[];
  /** Extends the network; the extension has no effect during training. */
  readonly extend?: (network: Network, counts: readonly number[]) => Network;
  /** Makes a stage without steps that measures something on the training images. */
  readonly measure?: () => Stage;
}

/** Makes a stage without steps. */
function measured(name: string, begin: StageHook): Stage {
  return {
    name,
    iterations: 0,
    loss: crossEntropy(),
    sampler: instanceBalancedSampler,
    augment: [],
    schedule: constantSchedule(0),
    optimizer: sgd({ momentum: 0 }),
    begin,
  };
}

const DECOUPLING = "Kang et al. 2020";
const TWICE = "the loss adjusts logits already";
const WEIGHTS = "it takes logits for features times weights";

/** Every post-hoc method by its token. */
export const POST_HOC: Tokens<PostHocToken> = {
  "tau-norm": {
    about: "τ-normalised classifier, τ chosen on the training set",
    source: DECOUPLING,
    functions: ["tauNorm", "selectTau"],
    brings: ["ce"],
    linear: WEIGHTS,
    refuses: {
      lr: "LR's statistics belong to the weights as they were",
      lws: WEIGHTS,
      mislas: WEIGHTS,
      disalign: WEIGHTS,
      iif: WEIGHTS,
    },
    measure: () => measured("tau-norm", selectTau()),
  },
  ncm: {
    about: "nearest class mean of the features",
    source: DECOUPLING,
    functions: ["nearestClassMean", "nearestClassMeanLayer"],
    brings: ["ce"],
    extend: (network) => withFeatures(network, "ncm", nearestClassMeanLayer()),
    measure: () => measured("ncm", measureClassMeans("ncm")),
  },
  logn: {
    about: "LogN: logits normalised by the training set",
    source: "Zhao et al. 2024",
    functions: ["logN", "measureLogitStatistics"],
    brings: ["ce"],
    extend: (network) => append(network, { logn: calibratedLogits() }),
    measure: () => measured("logn", measureLogitStatistics("logn")),
  },
  "post-hoc-adjust": {
    about: "logit adjustment after training",
    source: "Menon et al. 2021",
    functions: ["logitAdjustment", "calibratedLogits"],
    brings: ["ce"],
    refuses: { "balanced-softmax": TWICE, "logit-adjust": TWICE },
    extend(network, counts) {
      const images = counts.reduce((sum, count) => sum + count, 0);
      const shift = counts.map((count) => Math.log(count / images));
      return append(network, { adjustment: calibratedLogits(shift) });
    },
  },
};
