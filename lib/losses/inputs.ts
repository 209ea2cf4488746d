/**
 * The inputs of a loss besides logits and labels. A new input is a property and an entry in the table below; whatever
 * collects, checks or describes inputs follows from the table.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { AppliedClassifier, AppliedNorm } from "../nn/module.ts";

/** Inputs of a loss besides logits and labels, by name. */
export interface LossInputs {
  /**
   * Seed of the step, shape `[2]`, int32, different in every step. A tensor, because a number would be a constant in a
   * trace, and the noise with it.
   */
  readonly seed?: tf.Tensor1D;
  /** The embedding, which is the classifier's input, `[batch, channels]`. */
  readonly features?: tf.Tensor2D;
  /** The logits of each of several experts, `[batch, classes]`. */
  readonly experts?: readonly tf.Tensor2D[];
  /** The logits of the network at the start of the stage, `[batch, classes]`. */
  readonly teacher?: tf.Tensor2D;
  /** The output of each router, `[batch, experts − 1]`. */
  readonly routes?: tf.Tensor2D;
  /** Unit vectors of views of the images, concatenated view by view. */
  readonly projections?: tf.Tensor2D;
  /** Unit vectors of another view, computed by the momentum network, `[batch, channels]`. */
  readonly keys?: tf.Tensor2D;
  /** The logits of the second path of a network that is applied twice, `[batch, classes]`. */
  readonly splitLogits?: tf.Tensor2D;
  /** The scale and shift of every batch norm of the network. */
  readonly norms?: readonly AppliedNorm[];
  /** The classifier of the network, or that of each expert. */
  readonly classifiers?: readonly AppliedClassifier[];
  /** A unit vector for each class, `[classes, channels]`. */
  readonly prototypes?: tf.Tensor2D;
}

/** Name of an input. */
export type LossInput = keyof LossInputs;

/** Sizes of inputs that the state of a loss depends on. */
export interface InputSizes {
  /** Channels of the embedding; known where the loss uses `"features"`. */
  readonly channels?: number;
  /** Number of experts; known where the loss uses `"experts"`. */
  readonly experts?: number;
  /** Channels of the projections; known where the loss uses `"projections"`. */
  readonly projections?: number;
}

/** Where an input comes from. */
export interface InputSource {
  /** What to pass to a loss that is called without a training, for error messages. */
  readonly given: string;
  /** Whether it has rows of each image, rather than being the same for all images. */
  readonly ofImages: boolean;
  /** The tap of the network that shows it; missing for an input that is no tap. */
  readonly tap?: {
    /** Name of the tap, or a pattern if several taps together are the input. */
    readonly name: string | RegExp;
    /** Shape of the tap, or names of the taps, for error messages. */
    readonly shape: string;
    /** How a network comes to have it. */
    readonly advice: string;
    /** Sizes that the state of a loss depends on. */
    readonly sizes?: (inputs: LossInputs) => InputSizes;
  };
}

/** Every input and where it comes from. */
export const LOSS_INPUTS: Readonly<Record<LossInput, InputSource>> = {
  seed: { given: 'seed: tf.tensor1d([seed, step], "int32")', ofImages: false },
  features: {
    given: "features [batch, channels], the input of the classifier",
    ofImages: true,
    tap: {
      name: "embedding",
      shape: "[batch, channels]",
      advice: 'wrap the layer before the head in withTap("embedding", …)',
      sizes: ({ features }) => ({ channels: features?.shape[1] }),
    },
  },
  experts: {
    given: "experts, the logits [batch, classes] of each expert",
    ofImages: true,
    tap: {
      name: /^expert[1-9]\d*\/logits$/,
      shape: '"expert1/logits", "expert2/logits", …',
      advice: "use a network of several experts, for instance ride()",
      sizes: ({ experts }) => ({ experts: experts?.length }),
    },
  },
  teacher: { given: "teacher, the logits [batch, classes] of a trained network", ofImages: true },
  routes: {
    given: "routes [batch, experts − 1], the output of each router",
    ofImages: true,
    tap: {
      name: "routes",
      shape: "[batch, experts − 1]",
      advice: "use a network of routed experts, for instance routedExperts()",
    },
  },
  projections: {
    given: "projections [rows, channels], unit vectors of views of the images",
    ofImages: true,
    tap: {
      name: "projections",
      shape: "[rows, channels]",
      advice: "take a network of balancedContrast() or momentumContrast()",
      sizes: ({ projections }) => ({ projections: projections?.shape[1] }),
    },
  },
  keys: {
    given: "keys [batch, channels], unit vectors of the momentum network",
    ofImages: true,
    tap: {
      name: "keys",
      shape: "[batch, channels]",
      advice: "take a network of momentumContrast()",
    },
  },
  splitLogits: {
    given: "splitLogits [batch, classes], the logits of the second path",
    ofImages: true,
    tap: {
      name: "split/logits",
      shape: "[batch, classes]",
      advice: "take a network of dualPath()",
    },
  },
  norms: { given: "norms, which the network passes to its mode's onNorm", ofImages: false },
  classifiers: {
    given: "classifiers, which the network passes to its mode's onClassifier",
    ofImages: false,
  },
  prototypes: {
    given: "prototypes [classes, channels], a unit vector for each class",
    ofImages: false,
    tap: {
      name: "prototypes",
      shape: "[classes, channels]",
      advice: "take a network of balancedContrast()",
    },
  },
};

/**
 * Returns an input of a loss.
 *
 * @param context The loss's context.
 * @param name Name of the input.
 * @param loss Name of the loss, for the message.
 * @returns The input.
 * @throws {TypeError} If the context lacks it.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => inputOf({}, "features", "dtrg"), TypeError, "to contain features but found none");
 * ```
 */
export function inputOf<Name extends LossInput>(
  context: LossInputs | undefined,
  name: Name,
  loss: string,
): NonNullable<LossInputs[Name]> {
  const found = context?.[name];
  if (found !== undefined && found !== null) return found;
  throw new TypeError(
    `Expected the context of ${loss} to contain ${name} but found none: pass ${
      LOSS_INPUTS[name].given
    }`,
  );
}
