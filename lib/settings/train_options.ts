/**
 * Options of a training.
 *
 * @module
 */
import type { Membership } from "../core/membership.ts";
import type { Augmentation } from "../data/augment/mod.ts";
import type { AugmentationName } from "../data/augment/named.ts";
import type { Split } from "../data/dataset.ts";
import type { GroupThresholds } from "../data/groups.ts";
import type { AnyLoss } from "../losses/loss.ts";
import type { Network } from "../nn/network.ts";
import type { Sampler } from "../samplers/stream.ts";
import type { Optimizer, Schedule } from "../optim/mod.ts";
import type { Precision } from "../engine/precision.ts";
import type { TrainEvent } from "../loop/progress.ts";
import type { NetworkName } from "../recipes/networks.ts";
import type { Registry } from "../recipes/registry.ts";
import type { Stage } from "../loop/stages/stage.ts";
import type { DataOptions } from "../recipes/data_options.ts";

/**
 * Options of {@linkcode train}. A recipe provides defaults; options given here override them, for the first stage if
 * the recipe has several. Without a recipe, `data`, `network`, and `loss` or `stages` are required.
 */
export interface TrainOptions {
  /** Name of a recipe, for instance `builtin/ce+nbn+lr` or `cifar10-lt/balanced-softmax`. */
  readonly recipe?: string;
  /**
   * Recipes, tokens and data sets of a script that the name can refer to. A run that uses them is resumed and opened
   * with the same registry.
   *
   * @default {those of the library alone}
   */
  readonly registry?: Registry;
  /** Training and test set, or options of the recipe's data set. */
  readonly data?: Split | DataOptions;
  /** Network to train. */
  readonly network?: Network;
  /**
   * Name of the network that the recipe's norm layers and classifier are built into, for instance `resnet50`.
   *
   * @default {the recipe's}
   */
  readonly architecture?: NetworkName;
  /**
   * Width multiplier of a recipe's network for small images, above 0.
   *
   * @default {the recipe's}
   */
  readonly width?: number;
  /**
   * Pretrained weights: a safetensors file of torchvision, timm or a run, or a run folder. Parts that it lacks, and a
   * head for other classes, are initialised randomly.
   *
   * @default {random initialisation}
   */
  readonly weights?: string;
  /**
   * Parts of the network to freeze in all stages, by path (`stem`, `stage1/block2`); `*` matches any characters except
   * `/`. They get no gradient, no update and no weight decay, and their batch norms use fixed running statistics.
   *
   * @default {[]}
   */
  readonly freeze?: readonly string[];
  /** Loss to train with. */
  readonly loss?: AnyLoss;
  /** Sampler that selects the images of a batch. */
  readonly sampler?: Sampler;
  /** Augmentation in all stages: a list of operations, or the name of one. */
  readonly augment?: readonly Augmentation[] | AugmentationName;
  /**
   * Number of steps, at least 1, of the first stage and the stages that continue it; other stages of a recipe are
   * scaled proportionally.
   */
  readonly iterations?: number;
  /**
   * The same in epochs, above 0: epochs × images / (batch × accumulate) steps, rounded up, regardless of the sampler.
   */
  readonly epochs?: number;
  /** Batch size, at least 1. */
  readonly batch?: number;
  /**
   * Gradient accumulation: number of batches in a step, at least 1. The mean gradient equals that of one larger batch,
   * except for what depends on the batch: statistics of batch norm and LR, weights that a loss normalises, and images
   * that it compares. Iterations, schedules, progress and logs count steps, not batches; memory use is that of one
   * batch.
   *
   * @default {1}
   */
  readonly accumulate?: number;
  /**
   * Learning rate schedule of the first stage, as a function; or the shape of the schedule of every stage after its
   * highest value: cosine decay to 0, or constant (without a warm-up unless `warmup` is given).
   */
  readonly schedule?: Schedule | "cosine" | "constant";
  /**
   * Highest learning rate of the first stage, above 0. The rates of later stages are scaled by the same factor.
   *
   * @default {the recipe's; 0.001 with `"adamw"`}
   */
  readonly lr?: number;
  /**
   * Number of warm-up steps, at least 0 and fewer than the steps of the first stage; applies to the first stage and to
   * the stages that have a warm-up in the recipe.
   *
   * @default {the recipe's}
   */
  readonly warmup?: number;
  /**
   * Optimizer of the first stage; or the name of the optimizer of every stage: the recipe's SGD, or AdamW instead.
   * AdamW keeps the recipe's exclusions from weight decay and its learning rate factors.
   */
  readonly optimizer?: Optimizer | "sgd" | "adamw";
  /**
   * Weight decay of the first stage, at least 0; that of later stages is scaled proportionally.
   *
   * @default {the recipe's; 0.01 with `"adamw"`}
   */
  readonly weightDecay?: number;
  /**
   * Momentum of SGD in every stage, in [0, 1).
   *
   * @default {the recipe's}
   */
  readonly momentum?: number;
  /**
   * Gradient clipping: upper bound of the global gradient norm of all trained parameters in every stage, above 0.
   *
   * @default {no limit}
   */
  readonly clipNorm?: number;
  /**
   * Label smoothing of the first stage, in [0, 1): the fraction of each target that is spread evenly over all classes.
   * Only for recipes whose loss is a cross-entropy; later stages keep the losses of their methods.
   *
   * @default {0}
   */
  readonly labelSmoothing?: number;
  /**
   * Behaviour of norm layers that a later stage of a recipe does not train: `fixed` normalises by frozen running
   * statistics, `shifting` normalises by the batch and keeps updating the running statistics.
   *
   * @default {the recipe's, following its authors' code}
   */
  readonly statistics?: "fixed" | "shifting";
  /** All stages of the training, instead of a recipe's stages and of the options above that configure a stage. */
  readonly stages?: readonly Stage[];
  /**
   * Precision of the steps: `bf16` stores activations in bfloat16 where that is faster, and falls back to float32
   * elsewhere.
   *
   * @default {"float32"}
   */
  readonly precision?: Precision;
  /**
   * Whether to use `bf16` even where the processor is slower with it.
   *
   * @default {false}
   */
  readonly forcePrecision?: boolean;
  /**
   * Seed of the initial parameters, the sampler and the augmentation.
   *
   * @default {0}
   */
  readonly seed?: number;
  /** Run folder; if missing, nothing is written. */
  readonly out?: string;
  /**
   * Whether to resume from the newest intact checkpoint in `out`, if there is one.
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
   * Number of newest checkpoints to keep.
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
   * Early stopping: ends a stage after this many evaluations, at least 1, without an improvement of the mean accuracy
   * over classes; the next stage begins, if there is one. Deferred parts of a method are not skipped: evaluations count
   * from the last phase of the loss on, and a stage that another one continues is not stopped. Accuracy is measured on
   * the validation images or, if there are none, on the test images, which are then no longer an unbiased estimate.
   *
   * @default {never}
   */
  readonly earlyStop?: number;
  /**
   * Whether to save the network of the best evaluation, by the same metric, as `best.safetensors` in `out`. Every stage
   * starts over, unless it continues the previous one: finally the file holds the best network of the last stage.
   *
   * @default {false}
   */
  readonly keepBest?: boolean;
  /**
   * Bounds of Tail, Medium and Head in training images of a class: Tail is below the first, Head above the second,
   * Medium between them, both inclusive.
   *
   * @default {[20, 100]}
   */
  readonly groups?: GroupThresholds;
  /**
   * Worker threads that prepare batches.
   *
   * @default {chosen by `batches`}
   */
  readonly workers?: number;
  /**
   * Processes that train together, each a part of every batch: `batch` is the whole one. A process trains at most once in
   * a cluster that has failed.
   *
   * @default {this process alone}
   */
  readonly cluster?: Membership;
  /**
   * Whether batch norm and LR normalise by the statistics of whole batches, as a single process does, rather than by those
   * of each process's part. Without effect in a single process.
   *
   * @default {false}
   */
  readonly syncBatchNorm?: boolean;
  /**
   * Seconds after which a process of the cluster that does not answer counts as failed, above 0.
   *
   * @default {60}
   */
  readonly peerTimeout?: number;
  /** Called with every progress event; in a cluster in the process of rank 0 only. */
  readonly onProgress?: (event: TrainEvent) => void;
  /** When aborted, the training writes a checkpoint and returns without a further evaluation. */
  readonly signal?: AbortSignal;
}
