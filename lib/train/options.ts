/**
 * What a training can be told.
 *
 * @module
 */
import type { Augmentation } from "../data/augment/mod.ts";
import type { AugmentationName } from "../data/augment/named.ts";
import type { EvaluationSet, Split } from "../data/dataset.ts";
import type { GroupBorders } from "../data/groups.ts";
import type { AnyLoss } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import type { Sampler } from "../samplers/stream.ts";
import type { Optimizer } from "./optimizer.ts";
import type { TrainEvent } from "./progress.ts";
import type { NetworkName } from "./recipes/networks.ts";
import type { Precision } from "./result.ts";
import type { Schedule } from "./schedule.ts";
import type { Stage } from "./stages/stage.ts";

/** Where a recipe takes its data from. */
export interface DataOptions {
  /** Folder of the data set's files, or a training list; data sets that are generated need none. */
  readonly folder?: string;
  /**
   * Folder that paths in lists begin in.
   *
   * @default {the folder of the lists}
   */
  readonly root?: string;
  /**
   * List to evaluate on, where `folder` is a list.
   *
   * @default {the training list's name with test or val in the place of train}
   */
  readonly test?: string;
  /**
   * Which set to evaluate on, where there are both.
   *
   * @default {the test set, or the validation set where there is no other}
   */
  readonly split?: EvaluationSet;
  /**
   * The first label, where lists number classes.
   *
   * @default {0}
   */
  readonly labelsFrom?: number;
  /**
   * Height and width of images from disk.
   *
   * @default {32, or 224 for the large networks}
   */
  readonly size?: number;
  /**
   * Turns images upright that a camera has stored rotated, by their EXIF orientation.
   *
   * @default {false}
   */
  readonly exif?: boolean;
  /**
   * Pixels of the largest image that is decoded, at least 1.
   *
   * @default {178,956,970, as in Pillow}
   */
  readonly maxPixels?: number;
  /**
   * Decodes all images first and leaves out those that are missing or damaged, rather than stopping at them.
   *
   * @default {false}
   */
  readonly skipDamaged?: boolean;
  /**
   * Training images of the largest class over those of the smallest, at least 1.
   *
   * @default {the recipe's}
   */
  readonly imbalance?: number;
}

/**
 * Options of {@linkcode train}. A recipe brings a default for every piece; each piece given here
 * takes the place of the recipe's, in a recipe of several stages that of the first. Without a recipe, `data`,
 * `network`, and `loss` or `stages` are needed.
 */
export interface TrainOptions {
  /** Name of a recipe, for instance `builtin/ce+nbn+lr` or `cifar10-lt/balanced-softmax`. */
  readonly recipe?: string;
  /** Training and test set, or where the recipe finds its own. */
  readonly data?: Split | DataOptions;
  /** Network to train. */
  readonly network?: Network;
  /**
   * Name of a network that the recipe's parts are put into, for instance `resnet50`.
   *
   * @default {the recipe's}
   */
  readonly architecture?: NetworkName;
  /**
   * Factor on the channels of a recipe's network for small images, above 0.
   *
   * @default {the recipe's}
   */
  readonly width?: number;
  /**
   * Weights that the training starts from: a safetensors file of torchvision, timm or a run, or a run folder. Parts that
   * it has not, and a head for other classes, are new.
   *
   * @default {random ones}
   */
  readonly weights?: string;
  /**
   * Parts of the network that no stage trains, by their paths (`stem`, `stage1/block2`); `*` stands for any characters
   * but `/`. They get no gradient, no update and no weight decay, and their batch norms normalise by the running
   * statistics that they have.
   *
   * @default {[]}
   */
  readonly freeze?: readonly string[];
  /** Loss to train with. */
  readonly loss?: AnyLoss;
  /** Which images a batch is made of. */
  readonly sampler?: Sampler;
  /** How the images of a batch are changed at random, in all stages: a list, or the name of one. */
  readonly augment?: readonly Augmentation[] | AugmentationName;
  /** Number of steps, at least 1; further stages of a recipe keep their proportion to it. */
  readonly iterations?: number;
  /**
   * The same in passes over the training images, above 0: epochs × images / (batch × accumulate) steps, rounded up,
   * whatever the sampler draws.
   */
  readonly epochs?: number;
  /** Images that are computed at once, at least 1. */
  readonly batch?: number;
  /**
   * Batches in a step, at least 1. Their mean gradient is that of one batch so many times as large, up to what is
   * measured over a batch: the statistics of batch norm and LR, weights that a loss normalises, images that it
   * compares. Steps, learning rates, progress and logs count steps, not batches; memory is that of one batch.
   *
   * @default {1}
   */
  readonly accumulate?: number;
  /**
   * Learning rate of every step of the first stage; or, in every stage, how it goes on from its highest value: along a
   * cosine to 0, or constant (with a warm-up only where `warmup` names one).
   */
  readonly schedule?: Schedule | "cosine" | "constant";
  /**
   * Highest learning rate of the first stage, above 0. The rates of all stages are multiplied by the same factor, so
   * that later stages keep their proportion to it.
   *
   * @default {the recipe's; 0.001 with `"adamw"`}
   */
  readonly lr?: number;
  /**
   * Steps over which the rate rises, from 0, fewer than the first stage has: in the first stage and in those that
   * warm up in the recipe.
   *
   * @default {the recipe's}
   */
  readonly warmup?: number;
  /**
   * How a gradient changes the parameters in the first stage; or, in every stage, SGD as the recipe has it or AdamW in
   * its place. AdamW keeps what does not decay in the recipe, and factors on rates.
   */
  readonly optimizer?: Optimizer | "sgd" | "adamw";
  /**
   * Weight decay of the first stage, at least 0: that of later stages keeps its proportion to it.
   *
   * @default {the recipe's; 0.01 with `"adamw"`}
   */
  readonly weightDecay?: number;
  /**
   * Momentum of SGD in every stage, from 0 up to, but without, 1.
   *
   * @default {the recipe's}
   */
  readonly momentum?: number;
  /**
   * Largest norm of the gradient of all trained parameters together, above 0: a longer gradient is shortened to it,
   * in every stage.
   *
   * @default {no limit}
   */
  readonly clipNorm?: number;
  /**
   * Share of each target that is spread evenly over all classes, from 0 up to, but without, 1: for recipes whose loss
   * is a cross-entropy, in the first stage. Second stages keep the losses that their methods have.
   *
   * @default {0}
   */
  readonly labelSmoothing?: number;
  /**
   * What becomes of the running statistics of norm layers that a later stage of a recipe does not train: they are held
   * and normalise, or the batch normalises and they go on moving.
   *
   * @default {the recipe's, by its authors' code}
   */
  readonly statistics?: "fixed" | "shifting";
  /** All stages of the training, in place of those of a recipe and of the pieces that a stage has. */
  readonly stages?: readonly Stage[];
  /**
   * Precision of the steps: `bf16` stores activations in bfloat16 where that is faster, and is float32 elsewhere.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /**
   * Takes `bf16` also where the processor is slower with it.
   *
   * @default {false}
   */
  readonly forcePrecision?: boolean;
  /**
   * Seed of the initial parameters, of the images drawn and of their augmentation.
   *
   * @default {0}
   */
  readonly seed?: number;
  /** Run folder; without it, nothing is written. */
  readonly out?: string;
  /**
   * Goes on from the last whole checkpoint in `out`, if there is one.
   *
   * @default {false}
   */
  readonly resume?: boolean;
  /**
   * Steps between checkpoints; one is always written after the last step.
   *
   * @default {1000}
   */
  readonly checkpointEvery?: number;
  /**
   * Number of checkpoints that are kept, the newest.
   *
   * @default {2}
   */
  readonly keep?: number;
  /**
   * Steps between evaluations; one always follows the last step.
   *
   * @default {a tenth of the iterations, at least 1}
   */
  readonly evaluateEvery?: number;
  /**
   * Ends a stage after so many evaluations, at least 1, without a higher mean accuracy of the classes than before; the
   * next stage begins, if there is one. What a method defers is not skipped: evaluations count from the last change of
   * the loss on, and a stage that another one continues is not ended. Accuracy is that on the validation images; where
   * there are none, on the test images, which then no longer tell how good the network is on new ones.
   *
   * @default {never}
   */
  readonly earlyStop?: number;
  /**
   * Keeps the network of the best evaluation, by the same measure, as `best.safetensors` in `out`. A stage begins
   * anew, unless it continues the one before: at the end it is the best of the last stage.
   *
   * @default {false}
   */
  readonly keepBest?: boolean;
  /**
   * Borders of Tail, Medium and Head in training images of a class: Tail has fewer than the first, Head more than the
   * second, Medium what lies between, both included.
   *
   * @default {[20, 100]}
   */
  readonly groups?: GroupBorders;
  /**
   * Worker threads that prepare batches.
   *
   * @default {chosen by `batches`}
   */
  readonly workers?: number;
  /** Called with everything that happens. */
  readonly onProgress?: (event: TrainEvent) => void;
  /** When it is aborted, the training writes a checkpoint, evaluates nothing more, and leaves. */
  readonly signal?: AbortSignal;
}
