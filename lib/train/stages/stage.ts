/**
 * What a stage of a training is: steps that have everything in common.
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
import type { Optimizer } from "../optimizer.ts";
import type { Precision } from "../result.ts";
import type { Schedule } from "../schedule.ts";

/** A training between two stages. */
export interface Moment {
  /** Network that was trained so far. */
  readonly network: Network;
  /** Its parameters now. */
  readonly params: Params;
  /** Its running statistics now. */
  readonly state: Params;
  /** Training and test set. */
  readonly data: Split;
  /** Training images of each class. */
  readonly counts: readonly number[];
  /** Seed of the stage. */
  readonly seed: number;
  /** Precision of the steps. */
  readonly precision: Precision;
}

/** What the beginning of a stage changes; its tensors become the training's. */
export interface Change {
  /** New values of parameters, by path. */
  readonly params?: ReadonlyMap<string, tf.Tensor>;
  /** New values of running statistics, by path. */
  readonly state?: ReadonlyMap<string, tf.Tensor>;
  /** What the stage remembers: checkpointed, and given to its steps. */
  readonly memory?: Params;
}

/** What is done before the first step of a stage. Pure: it returns what is to change. */
export interface Beginning {
  /** What `config.json` and the display say about it, for instance `a new classifier`. */
  readonly about: string;
  /**
   * Looks at the training, and perhaps measures something on the training images.
   *
   * @param moment The training; its tensors stay what they are.
   */
  change(moment: Moment): Promise<Change> | Change;
}

/** What is done to parameters after every so many steps of a stage. */
export interface Projection {
  /** What `config.json` says about it. */
  readonly about: string;
  /** Steps between two; an epoch if left out. */
  readonly every?: number;
  /**
   * Computes new values.
   *
   * @param params Parameters; they stay what they are.
   * @param memory What the stage remembers from its beginning.
   * @returns New values by path.
   */
  project(params: Params, memory: Params): ReadonlyMap<string, tf.Tensor>;
}

/** A stage of a training; one without steps only has a beginning. */
export interface Stage {
  /** Name in logs, for instance `classifier`. */
  readonly name: string;
  /** Number of steps, from 0. */
  readonly iterations: number;
  /**
   * Network to train, where it is another than the training's, for instance a larger teacher. A stage with another
   * network than the one before begins with new parameters.
   *
   * @default {the training's}
   */
  readonly network?: Network;
  /** Loss to train with. */
  readonly loss: AnyLoss;
  /** Which images a batch is made of. */
  readonly sampler: Sampler;
  /** How images are changed at random. */
  readonly augment: readonly Augmentation[];
  /**
   * How images are changed at random for each view, where the loss asks for several of each image.
   *
   * @default {`augment` for each of them}
   */
  readonly views?: readonly (readonly Augmentation[])[];
  /** How images are mixed; the loss of mixed images goes with it. */
  readonly mixing?: Mixing & { readonly loss: MixedBatchLoss };
  /** Learning rate of the stage's steps, from 0. */
  readonly schedule: Schedule;
  /** How a gradient changes the parameters. */
  readonly optimizer: Optimizer;
  /**
   * Paths of the parameters and layers that train; the others are left as they are.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /**
   * Paths of parameters that are left as they are although they would train, for instance what only a later stage
   * learns.
   *
   * @default {none}
   */
  readonly except?: readonly string[];
  /**
   * Paths of parts that no stage of the training trains: on top of `except` their norm layers keep their running
   * statistics, whatever `statistics` says.
   *
   * @default {none}
   */
  readonly frozen?: readonly string[];
  /**
   * Whether norm layers that do not train normalise by their running statistics, or by the batch while their
   * statistics shift.
   *
   * @default {"fixed"}
   */
  readonly statistics?: "fixed" | "shifting";
  /**
   * Whether the optimizer, and the loss if it is the same, go on with the state that they have.
   *
   * @default {false}
   */
  readonly continues?: boolean;
  /** What is done before the first step. */
  readonly begin?: Beginning;
  /** What is done to parameters now and then. */
  readonly projection?: Projection;
}

/**
 * How images are changed for each view that a stage's loss asks for.
 *
 * @param stage The stage.
 * @returns An augmentation for each view.
 * @throws {RangeError} If the stage names another number of views, or mixes images beside several views.
 */
export function viewsOf(
  { augment, views, loss, mixing }: Pick<Stage, "augment" | "views" | "loss" | "mixing">,
): readonly (readonly Augmentation[])[] {
  const wanted = loss.views ?? 1;
  const found = views ?? Array<readonly Augmentation[]>(wanted).fill(augment);
  if (found.length !== wanted) {
    throw new RangeError(
      `Expected an augmentation for each of ${wanted} views, as the loss asks for, but found ${found.length}`,
    );
  }
  if (mixing && wanted > 1) {
    throw new RangeError(
      `Expected no mixing beside a loss of ${wanted} views of each image but found ${mixing.name}`,
    );
  }
  return found;
}

/**
 * What `config.json` says about a stage.
 *
 * @param stage The stage.
 * @returns Plain values.
 */
export function describeStage(stage: Stage): Readonly<Record<string, unknown>> {
  const { iterations, schedule, trains = "all", statistics = "fixed" } = stage;
  const rates = [0, 0.25, 0.5, 0.75].map((share) => schedule(Math.floor(share * iterations)));
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
