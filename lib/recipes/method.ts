/**
 * Composes the tokens of a recipe's method.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import type { Loss } from "../losses/mod.ts";
import { append } from "../nn/append.ts";
import type { Module } from "../nn/module.ts";
import type { Network } from "../nn/network.ts";
import { sequential } from "../nn/sequential.ts";
import { perImageLambdaLoss, sharedLambdaLoss, smoothedTargets } from "../loop/mixing.ts";
import { sgd } from "../optim/optimizer.ts";
import { warmupCosine } from "../optim/schedule.ts";
import type { Stage } from "../loop/stages/stage.ts";
import { DEFERRALS, deferred } from "./deferrals.ts";
import { EXPERTS, type ExpertsToken } from "./experts.ts";
import { LAYERS } from "./layers.ts";
import type { Length } from "./lengths.ts";
import { behindLr, LOSSES } from "./losses.ts";
import { MIXINGS } from "./mixing.ts";
import type { NetworkPieces } from "./network_pieces.ts";
import { POST_HOC } from "./post_hoc.ts";
import type { StageSetting } from "./recipe.ts";
import { REGULARIZATIONS } from "./regularizations.ts";
import { SAMPLERS } from "./samplers.ts";
import { SECOND_STAGES } from "./second_stages.ts";
import { completeTokens, expectTogether } from "./together.ts";
import { ALL } from "./tokens.ts";

/** A method, composed of its tokens. */
export interface Method {
  /** Descriptions of its tokens. */
  readonly about: string;
  /**
   * Makes the network.
   *
   * @param plain Builds the network from pieces, without the modules appended to it.
   * @param counts Number of training images per class.
   */
  network(plain: (pieces: NetworkPieces) => Network, counts: readonly number[]): Network;
  /** Returns steps of the first stage and batch size, or `undefined` for those of the data set. */
  length(dataSet: string): Length | undefined;
  /**
   * Makes the stages.
   *
   * @param setting Data set, steps, batch size, counts.
   * @param plain Builds the network of a stage that trains a separate one, for instance a teacher.
   * @throws {UsageError} If label smoothing is set but the loss does not support it.
   */
  stages(setting: StageSetting, plain: (pieces: NetworkPieces) => Network): readonly Stage[];
}

/**
 * Parses the tokens of a method.
 *
 * @param words For instance `["ce", "nbn", "lr"]`: one loss and any other tokens.
 * @param recipe Full name of the recipe, for error messages.
 * @returns The method.
 * @throws {UsageError} If a token is unknown or duplicated, there is not exactly one loss, there are too many tokens of
 * another kind, or tokens are incompatible.
 */
export function method(words: readonly string[], recipe: string): Method {
  const tokens = completeTokens(words, recipe);
  const find = <Kind>(table: Readonly<Record<string, Kind>>) =>
    tokens.filter((token) => Object.hasOwn(table, token)).map((token) => table[token]);
  const [named] = find(LOSSES);
  const [sampler = SAMPLERS["instance-balanced"]] = find(SAMPLERS);
  const [mixing] = find(MIXINGS);
  const [deferral] = find(DEFERRALS);
  const [second] = find(SECOND_STAGES);
  const [postHoc] = find(POST_HOC);
  const [experts] = find(EXPERTS);
  const [regularization] = find(REGULARIZATIONS);
  const layers = find(LAYERS);
  const loss = layers.some(({ logits }) => logits) ? behindLr(named) : named;
  expectTogether(tokens, recipe);

  const firstStage = (setting: StageSetting, experts?: ExpertsToken): Stage => {
    const { iterations, batch, counts, augment, peak, smoothing = 0 } = setting;
    const whole = experts ? experts.loss(loss, setting) : loss.loss(counts, smoothing);
    const made = regularization?.regularize(whole) ?? whole;
    return {
      name: "training",
      iterations,
      loss: made,
      sampler: sampler.sampler(iterations * batch),
      augment,
      schedule: warmupCosine({ iterations, start: peak / 2, peak }),
      optimizer: sgd({ weightDecay: 5e-4 }),
      ...(mixing
        ? {
          mixing: {
            ...mixing.mixing(setting.dataSet),
            loss: mixing.single
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

  const make = loss.backbone ?? ((plain, pieces) => plain(pieces));

  /** Builds the network of the first stage, without the modules that later stages append. */
  const trunk = (
    experts: ExpertsToken | undefined,
    plain: (pieces: NetworkPieces) => Network,
    counts: readonly number[],
  ): Network => {
    const norm = layers.find(({ norm }) => norm)?.norm?.();
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
    const head = loss.head?.(counts.length) ?? second?.head?.(counts.length) ?? "linear";
    const own = experts
      // Modules that follow the classifier follow the classifier of each expert.
      ? experts.network(plain, { head, norm, weightNorm, logits: inside(parts, logits) })
      : make(plain, { head, norm, weightNorm, logits: isBehind ? undefined : logits }, counts);
    const whole = Object.keys(parts).length > 0 && !experts ? append(own, parts) : own;
    return loss.extend?.(whole) ?? whole;
  };

  return {
    about: tokens.map((token) => ALL.get(token)!.token.about).join("; "),
    network(plain, counts) {
      const complete = trunk(experts, plain, counts);
      const extended = second?.extend?.(complete, loss, counts) ?? complete;
      return postHoc?.extend?.(extended, counts) ?? extended;
    },
    length: (dataSet) => (experts ?? loss).length?.(dataSet),
    stages(setting, plain) {
      if (setting.smoothing && !loss.smooths) {
        throw new UsageError(
          `Expected recipe ${recipe} without --label-smoothing, for its loss (${loss.about}) is no ` +
            "cross-entropy of a distribution over classes",
        );
      }
      const teacher = second?.teacher;
      const first: Stage = {
        ...firstStage(setting, teacher ?? experts),
        ...(teacher ? { name: "teacher", network: trunk(teacher, plain, setting.counts) } : {}),
      };
      const main = deferral ? deferred(first, deferral.change(first, loss, setting)) : [first];
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
