/**
 * Composes the tokens of a recipe's method.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import type { AnyLoss, Loss } from "../losses/mod.ts";
import { appendLayers } from "../nn/append_layers.ts";
import type { Module } from "../nn/module.ts";
import type { Network } from "../nn/network.ts";
import { sequential } from "../nn/sequential.ts";
import { perImageLambdaLoss, sharedLambdaLoss, smoothedTargets } from "../loop/mixing.ts";
import type { Stage } from "../loop/stages/stage.ts";
import { sgd, warmupCosine } from "../optim/mod.ts";
import { instanceBalancedSampler } from "../samplers/mod.ts";
import { expectCompatible } from "./compatibility.ts";
import { completeTokens } from "./complete.ts";
import type { DataSetProperties, Length } from "./data_sets/properties.ts";
import { deferred } from "./deferrals/deferral_token.ts";
import type { ExpertsToken } from "./experts/experts_token.ts";
import { type AnyToken, ofKind } from "./kinds.ts";
import { behindLr } from "./losses/loss_token.ts";
import type { Backbone, NetworkPieces } from "./networks.ts";
import type { StageSetting } from "./recipe.ts";

/** A method, composed of its tokens. */
export interface Method {
  /** Descriptions of its tokens. */
  readonly about: string;
  /** Its tokens, with those that others bring. */
  readonly tokens: readonly AnyToken[];
  /**
   * Makes the network.
   *
   * @param backbone Network to compose.
   * @param counts Number of training images per class.
   */
  network(backbone: Backbone, counts: readonly number[]): Network;
  /** Returns steps of the first stage and batch size, or `undefined` for those of the data set. */
  length(dataSet: DataSetProperties): Length | undefined;
  /**
   * Makes the stages.
   *
   * @param setting Data set, steps, batch size, counts.
   * @param backbone Network of a stage that trains a separate one, for instance a teacher.
   * @throws {UsageError} If label smoothing is set but the loss does not support it.
   */
  stages(setting: StageSetting, backbone: Backbone): readonly Stage[];
}

/**
 * Composes a method from its tokens.
 *
 * @param names For instance `["ce", "nbn", "lr"]`: one loss and any other tokens.
 * @param recipe Full name of the recipe, for error messages.
 * @param known All tokens by name.
 * @returns The method.
 * @throws {UsageError} If a token is unknown or duplicated, there is not exactly one loss, there are too many tokens of
 * another kind, or tokens are incompatible.
 */
export function method(
  names: readonly string[],
  recipe: string,
  known: ReadonlyMap<string, AnyToken>,
): Method {
  const named = completeTokens(names, recipe, known);
  const isRectified = named.some((token) => token.kind === "layer" && token.logits);
  const tokens = named.map((token) =>
    token.kind === "loss" && isRectified ? behindLr(token) : token
  );
  expectCompatible(tokens, recipe, known.values());
  const [loss] = ofKind(tokens, "loss");
  const [sampler] = ofKind(tokens, "sampler");
  const [mixing] = ofKind(tokens, "mixing");
  const [deferral] = ofKind(tokens, "deferral");
  const [second] = ofKind(tokens, "second stage");
  const [postHoc] = ofKind(tokens, "post-hoc method");
  const [experts] = ofKind(tokens, "number of experts");
  const [regularization] = ofKind(tokens, "regularisation");
  const layers = ofKind(tokens, "layer");

  /** Adapts a loss to the layers. */
  const adapted = (loss: AnyLoss): AnyLoss =>
    layers.reduce((loss, layer) => layer.loss?.(loss) ?? loss, loss);

  const firstStage = (setting: StageSetting, experts?: ExpertsToken): Stage => {
    const { iterations, batch, counts, augment, peak, smoothing = 0 } = setting;
    const whole = experts ? experts.loss(loss, setting) : loss.loss(counts, smoothing);
    const made = adapted(
      regularization?.regularize(whole, setting, { loss, experts }) ?? whole,
    );
    return {
      name: "training",
      iterations,
      loss: made,
      sampler: sampler?.sampler(iterations * batch) ?? instanceBalancedSampler,
      augment,
      schedule: warmupCosine({ iterations, start: peak / 2, peak }),
      optimizer: sgd({ weightDecay: 5e-4 }),
      ...(mixing
        ? {
          mixing: {
            ...mixing.mixing(setting.dataSet),
            loss: mixing.perImage
              ? perImageLambdaLoss(smoothedTargets(loss.soft!(counts), smoothing))
              : sharedLambdaLoss(made as Loss),
          },
        }
        : {}),
      ...loss.first?.(setting),
      ...experts?.first(setting),
      ...second?.first?.(setting),
      ...(second?.adds ? { except: [second.adds] } : {}),
    };
  };

  /** Builds the network of the first stage, without the modules that later stages append. */
  const trunk = (
    experts: ExpertsToken | undefined,
    backbone: Backbone,
    counts: readonly number[],
  ): Network => {
    const plain = (pieces: NetworkPieces) => backbone.build(pieces);
    const classes = counts.length;
    const norm = layers.find(({ norm }) => norm)?.norm?.(classes);
    const refine = layers.find(({ refine }) => refine)?.refine?.(classes);
    const logits = layers.find(({ logits }) => logits)?.logits?.();
    const weightNorm = layers.some(({ weightNorm }) => weightNorm);
    const similarity = loss.similarity?.() ?? {};
    const isBehind = Object.keys(similarity).length > 0;
    const parts: Record<string, Module> = {
      ...similarity,
      // LR rectifies logits, so it follows the modules that compute them.
      ...(isBehind && logits ? { lr: logits } : {}),
      ...loss.adjustment?.(counts),
    };
    const head = loss.head?.(classes) ?? second?.head?.(classes) ?? "linear";
    const pieces: NetworkPieces = { classes, head, norm, weightNorm, refine };
    const single = { ...pieces, logits: isBehind ? undefined : logits };
    const own = experts
      // Modules that follow the classifier follow the classifier of each expert.
      ? experts.network(plain, { ...pieces, logits: inside(parts, logits) })
      : loss.backbone?.(plain, single, counts) ?? plain(single);
    const whole = Object.keys(parts).length > 0 && !experts ? appendLayers(own, parts) : own;
    const layered = layers.reduce((net, layer) => layer.extend?.(net, counts) ?? net, whole);
    return loss.extend?.(layered, backbone) ?? layered;
  };

  return {
    about: tokens.map(({ about }) => about).join("; "),
    tokens,
    network(backbone, counts) {
      const complete = trunk(experts, backbone, counts);
      const extended = second?.extend?.(complete, loss, counts) ?? complete;
      return postHoc?.extend?.(extended, counts) ?? extended;
    },
    length: (dataSet) => (experts ?? loss).length?.(dataSet),
    stages(setting, backbone) {
      if (setting.smoothing && !loss.smooths) {
        throw new UsageError(
          `Expected recipe ${recipe} without --label-smoothing, since its loss (${loss.about}) is no ` +
            "cross-entropy of a distribution over classes",
        );
      }
      const teacher = second?.teacher;
      const first: Stage = {
        ...firstStage(setting, teacher ?? experts),
        ...(teacher ? { name: "teacher", network: trunk(teacher, backbone, setting.counts) } : {}),
      };
      const change = deferral?.change(first, loss, setting);
      const main = change
        ? deferred(first, { ...change, ...(change.loss ? { loss: adapted(change.loss) } : {}) })
        : [first];
      const later = second ? [second.second(setting, first, { loss, experts })] : [];
      const measured = postHoc?.measure ? [postHoc.measure()] : [];
      return [...main, ...later, ...measured].map((stage) => refitted(stage, first));
    },
  };
}

/** Combines the modules that follow a classifier into one. */
function inside(parts: Readonly<Record<string, Module>>, logits?: Module): Module | undefined {
  const all = Object.keys(parts).length === 0 || !logits || parts.lr
    ? parts
    : { lr: logits, ...parts };
  return Object.keys(all).length > 0 ? sequential(all) : logits;
}

/** Adapts the mixing of a stage that mixes like the first one to the stage's different loss. */
function refitted(stage: Stage, { loss, mixing }: Stage): Stage {
  const isOther = stage.mixing !== undefined && stage.mixing === mixing && stage.loss !== loss;
  return isOther
    ? { ...stage, mixing: { ...mixing!, loss: sharedLambdaLoss(stage.loss as Loss) } }
    : stage;
}
