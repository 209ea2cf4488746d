/**
 * What a layer or a network is: a pair of pure functions, parameters and state in, output and new state out.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { Params } from "../core/tree.ts";
import type { Rng } from "../core/rng.ts";

/** How a module is applied. */
export interface Mode {
  /** Whether batch statistics are used and running statistics updated. */
  readonly training: boolean;
  /**
   * Which parts are in training mode, by path (`head`, `stage3/block5`), where not all of them are: the others use
   * their running statistics and leave them as they are, as in a second stage with a fixed body.
   *
   * @default {all}
   */
  readonly trains?: readonly string[];
  /**
   * Parts that are never in training mode, by path, whatever {@linkcode Mode.trains} says.
   *
   * @default {none}
   */
  readonly frozen?: readonly string[];
  /** Parameters that several modules share (the magnitude of NBN), by their place in the root's tree. */
  readonly shared?: Params;
  /**
   * Called with the name of every intermediate feature (`stage3/block4`, `embedding`), whose
   * return value the network goes on with: read it, or mask its channels.
   */
  readonly tap?: (name: string, feature: tf.Tensor) => tf.Tensor;
  /**
   * Called during the backward pass with what only it computes: for each NBN layer and each of its
   * vectors (`stage3/block4/bn2/weight`) the scalar ĝ of the paper's equation 3. It must not keep the tensor
   * without `tf.keep`.
   */
  readonly onMagnitudeGradient?: (path: string, gradient: tf.Tensor) => void;
  /**
   * Called by every BN and NBN layer with its place and the scale and shift that it applies. It must not keep
   * the tensors without `tf.keep`.
   */
  readonly onNorm?: (norm: AppliedNorm) => void;
}

/** A norm layer at work: what analyses of BN's parameters read. */
export interface AppliedNorm {
  /** Where it stands. */
  readonly site: Required<NormSite>;
  /** Plain batch norm or NBN. */
  readonly kind: "bn" | "nbn";
  /** Scale γ of each channel, `[channels]`; for NBN g·v/‖v‖. */
  readonly weight: tf.Tensor1D;
  /** Shift β of each channel, `[channels]`; for NBN g·u/‖u‖. */
  readonly bias: tf.Tensor1D;
}

/** What a module starts with. */
export interface Initialised {
  /** What training learns. */
  params: Params;
  /** What training tracks without gradient: running statistics. */
  state: Params;
  /** Parameters that belong to no module alone; the network puts them at the root of its tree. */
  shared?: Params;
  /** Shape of one output, without the batch. */
  outputShape: number[];
}

/** A layer or a composition of layers. */
export interface Module {
  /**
   * Makes the parameters.
   *
   * @param rng Random stream; a composition forks it by the names of its parts.
   * @param inputShape Shape of one input without the batch, for instance `[32, 32, 3]`.
   */
  init(rng: Rng, inputShape: readonly number[]): Initialised;
  /**
   * Computes the output. Pure: nothing is changed, what is new is returned.
   *
   * @param params Tree made by `init`, or its successor.
   * @param state Running statistics.
   * @param x Input, the batch first.
   * @param mode Training or evaluation, shared parameters, taps.
   */
  apply(params: Params, state: Params, x: tf.Tensor, mode: Mode): { y: tf.Tensor; state: Params };
}

/** Where in a network a norm stands; what `nbn` decides by. */
export interface NormSite {
  /** Channels it normalises. */
  readonly channels: number;
  /**
   * Stage, from 1; 0 is the stem.
   *
   * @default {1}
   */
  readonly stage?: number;
  /**
   * Number of stages of the network, so that "last stage" can be told.
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
   * Path of the layer's parameters, by which logs name it.
   *
   * @default {"nbn"}
   */
  readonly path?: string;
}

/**
 * Makes the norm layer for a site: what a network takes as its `norm` argument. A network with a single
 * norm layer calls it with the channels alone.
 */
export type Norm = (site: NormSite) => Module;
