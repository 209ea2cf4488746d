/**
 * Modules (layers, their compositions and networks) as pairs of pure functions, from parameters and state to output
 * and new state.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { Params } from "../core/tree.ts";
import type { SpreadBatch } from "../engine/cluster/spread_batch.ts";
import type { Rng } from "../core/rng.ts";

/** How a module is applied. */
export interface Mode {
  /** Whether batch statistics are used and running statistics updated. */
  readonly training: boolean;
  /**
   * Paths of the parts in training mode (`head`, `stage3/block5`). The others use their running statistics without
   * updating them, as in a second stage with a frozen backbone.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /**
   * Paths of the frozen parts, which are never in training mode; takes precedence over {@linkcode Mode.trains}.
   *
   * @default {none}
   */
  readonly frozen?: readonly string[];
  /** Parameters shared by several modules (the magnitude of NBN), by their path in the root's tree. */
  readonly shared?: Params;
  /**
   * Called with the name and value of every intermediate feature (`stage3/block4`, `embedding`); the network
   * continues with the tensor it returns. Reads features, or masks their channels.
   */
  readonly tap?: (name: string, feature: tf.Tensor) => tf.Tensor;
  /**
   * Called during the backward pass, for each vector of each NBN layer (`stage3/block4/bn2/weight`), with the scalar
   * ĝ of the paper's equation 3, which is not available otherwise. Retaining the tensor requires `tf.keep`.
   */
  readonly onMagnitudeGradient?: (path: string, gradient: tf.Tensor) => void;
  /**
   * Called by every BN and NBN layer with its site and the scale and shift that it applies. Retaining the tensors
   * requires `tf.keep`.
   */
  readonly onNorm?: (norm: AppliedNorm) => void;
  /**
   * Called by the classifier of a network, or of each expert in turn, with a function that applies it to other features
   * of as many channels.
   */
  readonly onClassifier?: (classifier: AppliedClassifier) => void;
  /**
   * Class of each image of the input in a training step, `[images]`, of mixed images that of the larger share.
   *
   * @default {unknown}
   */
  readonly labels?: tf.Tensor1D;
  /**
   * Group of each image of the input, `[images]`, int32, from 0, for norm layers that normalise groups apart.
   *
   * @default {none}
   */
  readonly groups?: tf.Tensor1D;
  /**
   * The batch that the input is a part of, over which norm layers take their statistics in training.
   *
   * @default {the input}
   */
  readonly spread?: SpreadBatch;
}

/** A norm layer as applied in a forward pass, for analyses of BN's parameters. */
export interface AppliedNorm {
  /** Position of the layer in the network. */
  readonly site: Required<NormSite>;
  /** Plain batch norm or NBN. */
  readonly kind: "bn" | "nbn";
  /** Scale γ of each channel, `[channels]`; for NBN g·v/‖v‖. */
  readonly weight: tf.Tensor1D;
  /** Shift β of each channel, `[channels]`; for NBN g·u/‖u‖. */
  readonly bias: tf.Tensor1D;
}

/** A classifier as applied in a forward pass, for losses of other features than those of the batch. */
export interface AppliedClassifier {
  /** Channels of its input. */
  readonly channels: number;
  /**
   * Applies it, without the modules that follow it, such as LR.
   *
   * @param features Shape `[rows, channels]`.
   * @returns Shape `[rows, classes]`; differentiable in the classifier's parameters and the features.
   */
  logits(features: tf.Tensor2D): tf.Tensor2D;
}

/** Initial parameters and state of a module. */
export interface Initialised {
  /** Trainable parameters. */
  params: Params;
  /** State that is updated without gradients, such as running statistics. */
  state: Params;
  /** Parameters shared by several modules; the network stores them at the root of its tree. */
  shared?: Params;
  /** Shape of one output, without the batch. */
  outputShape: number[];
}

/**
 * A layer, a composition of layers, or a network.
 *
 * @template Input What it is applied to: a tensor, the batch first, unless stated otherwise.
 * @template Sizes Sizes of one input: its shape without the batch, for instance `[32, 32, 3]`, unless stated otherwise.
 */
export interface Module<Input = tf.Tensor, Sizes = readonly number[]> {
  /**
   * Creates the initial parameters and state.
   *
   * @param random Random stream; a composition forks it by the names of its parts.
   * @param sizes Sizes of one input.
   */
  init(random: Rng, sizes: Sizes): Initialised;
  /**
   * Computes the output. Pure: the arguments are not modified, and the new state is returned.
   *
   * @param params Tree returned by `init`, or an update of it.
   * @param state Running statistics.
   * @param x Input.
   * @param mode Training or evaluation, shared parameters, taps.
   */
  apply(params: Params, state: Params, x: Input, mode: Mode): { y: tf.Tensor; state: Params };
}

/** Position of a norm layer in a network, by which `nbn` places NBN. */
export interface NormSite {
  /** Number of channels. */
  readonly channels: number;
  /**
   * Stage, from 1; 0 is the stem.
   *
   * @default {1}
   */
  readonly stage?: number;
  /**
   * Number of stages of the network, which identifies the last stage.
   *
   * @default {stage}
   */
  readonly stages?: number;
  /**
   * Block within the stage, from 1; 0 in the stem.
   *
   * @default {1}
   */
  readonly block?: number;
  /**
   * Which norm of the block: the stem's, one inside the block, the block's last, its shortcut's.
   *
   * @default {"last"}
   */
  readonly role?: "stem" | "inner" | "last" | "shortcut";
  /**
   * Path of the layer's parameters, used as its name in logs.
   *
   * @default {"nbn"}
   */
  readonly path?: string;
}

/**
 * Creates the norm layer for a site; the type of a network's `norm` argument. For a network with a single norm layer,
 * `channels` alone suffices.
 */
export type Norm = (site: NormSite) => Module;
