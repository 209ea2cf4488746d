/**
 * A stage of a training: consecutive steps with the same settings.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import type { tf } from "../../deps/tfjs.ts";
import type { Augmentation } from "../../data/augment/mod.ts";
import type { Split } from "../../data/dataset.ts";
import type { AnyLoss } from "../../losses/loss.ts";
import type { Network } from "../../nn/network.ts";
import type { Sampler } from "../../samplers/stream.ts";
import type { MixedBatchLoss, Mixing } from "../mixing.ts";
import type { Optimizer, Schedule } from "../../optim/mod.ts";
import type { Precision } from "../../engine/precision.ts";

/** State of a training between two stages. */
export interface StageTransition {
  /** Network trained so far. */
  readonly network: Network;
  /** Its current parameters. */
  readonly params: Params;
  /** Its current running statistics. */
  readonly state: Params;
  /** Training and test set. */
  readonly data: Split;
  /** Number of training images per class. */
  readonly counts: readonly number[];
  /** Seed of the stage. */
  readonly seed: number;
  /** Precision of the steps. */
  readonly precision: Precision;
  /** When aborted, the training ends before the stage begins: a hook that takes long may throw its reason. */
  readonly signal?: AbortSignal;
}

/** Changes made at the beginning of a stage; the training takes ownership of the tensors. */
export interface StageChanges {
  /** New values of parameters, by path. */
  readonly params?: ReadonlyMap<string, tf.Tensor>;
  /** New values of running statistics, by path. */
  readonly state?: ReadonlyMap<string, tf.Tensor>;
  /** Memory of the stage: saved in checkpoints and passed to its steps. */
  readonly memory?: Params;
}

/** A hook before the first step of a stage. Pure: it returns the changes. */
export interface StageHook {
  /** Description for `config.json` and the display, for instance `new head`. */
  readonly about: string;
  /**
   * Computes the changes, possibly from measurements on the training images.
   *
   * @param transition State of the training; its tensors are neither changed nor disposed.
   */
  change(transition: StageTransition): Promise<StageChanges> | StageChanges;
}

/** A projection of parameters at regular intervals of a stage. */
export interface Projection {
  /** Description for `config.json`. */
  readonly about: string;
  /**
   * Number of steps between two projections.
   *
   * @default {an epoch}
   */
  readonly every?: number;
  /**
   * Computes new values of parameters.
   *
   * @param params Current parameters; they are neither changed nor disposed.
   * @param memory Memory of the stage, from its `begin` hook.
   * @returns New values by path.
   */
  project(params: Params, memory: Params): ReadonlyMap<string, tf.Tensor>;
}

/** A stage of a training; one without steps only runs its `begin` hook. */
export interface Stage {
  /** Name in logs, for instance `classifier`. */
  readonly name: string;
  /** Number of steps, at least 0. */
  readonly iterations: number;
  /**
   * Network to train, if it differs from the training's, for instance a larger teacher. A stage whose network differs
   * from the previous stage's begins with new parameters.
   *
   * @default {the training's}
   */
  readonly network?: Network;
  /** Loss to train with. */
  readonly loss: AnyLoss;
  /** Selects the images of a batch. */
  readonly sampler: Sampler;
  /** Random augmentation of images. */
  readonly augment: readonly Augmentation[];
  /**
   * Random augmentation of each view, if the loss takes several views of each image.
   *
   * @default {`augment` for each view}
   */
  readonly views?: readonly (readonly Augmentation[])[];
  /** Mixing of images, with the loss on mixed images. */
  readonly mixing?: Mixing & { readonly loss: MixedBatchLoss };
  /** Learning rate by step of the stage, counted from 0. */
  readonly schedule: Schedule;
  /** Updates parameters by gradients. */
  readonly optimizer: Optimizer;
  /**
   * Paths of the parameters and layers that are trained; the others are frozen.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /**
   * Paths of parameters that `trains` includes but that are frozen, for instance those that only a later stage trains.
   *
   * @default {none}
   */
  readonly except?: readonly string[];
  /**
   * Paths of parts that are frozen in all stages. Unlike with `except`, their norm layers keep their running statistics
   * even if `statistics` is `"shifting"`.
   *
   * @default {none}
   */
  readonly frozen?: readonly string[];
  /**
   * Whether frozen norm layers normalise by their fixed running statistics, or by batch statistics while the running
   * ones are updated.
   *
   * @default {"fixed"}
   */
  readonly statistics?: "fixed" | "shifting";
  /**
   * Whether the optimizer, and the loss if it is the same, keep their state from the previous stage.
   *
   * @default {false}
   */
  readonly continues?: boolean;
  /** Hook before the first step. */
  readonly begin?: StageHook;
  /** Projection of parameters at regular intervals. */
  readonly projection?: Projection;
}

/**
 * Returns the augmentation of each view that a stage's loss takes.
 *
 * @param stage The stage.
 * @returns One augmentation per view.
 * @throws {RangeError} If the stage has a different number of views, or mixes images with a loss of several views.
 */
export function viewsOf(
  { augment, views, loss, mixing }: Pick<Stage, "augment" | "views" | "loss" | "mixing">,
): readonly (readonly Augmentation[])[] {
  const requested = loss.views ?? 1;
  const found = views ?? Array<readonly Augmentation[]>(requested).fill(augment);
  if (found.length !== requested) {
    throw new RangeError(
      `Expected an augmentation for each of ${requested} views of the loss but found ${found.length}`,
    );
  }
  if (mixing && requested > 1) {
    throw new RangeError(
      `Expected no mixing with a loss of ${requested} views of each image but found ${mixing.name}`,
    );
  }
  return found;
}

/**
 * Describes a stage for `config.json`.
 *
 * @param stage The stage.
 * @returns Values that can be serialised as JSON.
 */
export function describeStage(stage: Stage): Readonly<Record<string, unknown>> {
  const { iterations, schedule, trains = "all", statistics = "fixed" } = stage;
  const rates = [0, 0.25, 0.5, 0.75].map((fraction) => schedule(Math.floor(fraction * iterations)));
  return {
    name: stage.name,
    iterations,
    ...(stage.network ? { network: stage.network.name } : {}),
    ...(stage.begin ? { begin: stage.begin.about } : {}),
    ...(iterations === 0 ? {} : {
      trains,
      ...(stage.except ? { except: stage.except } : {}),
      ...(stage.frozen?.length ? { frozen: stage.frozen } : {}),
      ...(trains === "all" ? {} : { statistics }),
      ...(stage.continues ? { continues: true } : {}),
      augment: stage.augment,
      ...(stage.loss.views ? { views: viewsOf(stage) } : {}),
      ...(stage.mixing ? { mixing: stage.mixing.name } : {}),
      ...(stage.projection ? { projection: stage.projection.about } : {}),
      optimizer: stage.optimizer.description,
      rates,
    }),
  };
}
