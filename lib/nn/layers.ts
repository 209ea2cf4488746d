/**
 * NBN and LR for models of TensorFlow.js's layers API.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import { tf } from "../deps/tfjs.ts";
import { batchNormInference, batchNormTraining } from "../engine/ops/mod.ts";
import { type BatchNormOptions, updatedStatistics } from "./batch_norm.ts";
import { normalizedAffine } from "./normalized_affine.ts";

/** Options of {@linkcode layers.nbn}. */
export interface NbnLayerOptions extends BatchNormOptions {
  /** Name of the layer. */
  name?: string;
  /**
   * Initial value of the layer's own magnitude.
   *
   * @default {1}
   */
  magnitudeStart?: number;
  /**
   * How the bias, initialised to 0, is normalised to a unit vector; see `biasStart` of `nbn`.
   *
   * @default {"smooth"}
   */
  biasStart?: "reference" | "smooth";
}

/** Options of {@linkcode layers.logitsRectification}. */
export interface LogitsRectificationLayerOptions extends BatchNormOptions {
  /** Name of the layer. */
  name?: string;
}

/** Options of {@linkcode layers.magnitude}. */
export interface MagnitudeLayerOptions {
  /** Name of the layer. */
  name?: string;
  /**
   * Initial value of the magnitude.
   *
   * @default {1}
   */
  start?: number;
}

type Config = tf.serialization.ConfigDict;
type Variable = ReturnType<tf.layers.Layer["addWeight"]>;

/** Base class of the norm layers; the last axis holds the channels. */
abstract class Normalisation extends tf.layers.Layer {
  readonly #epsilon: number;
  readonly #momentum: number;
  #mean!: Variable;
  #variance!: Variable;

  constructor(config: BatchNormOptions & { name?: string }) {
    super(config as Config);
    this.#epsilon = config.epsilon ?? 1e-5;
    this.#momentum = config.momentum ?? 0.1;
    this.supportsMasking = true;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = channelsOf(inputShape);
    const { zeros, ones } = tf.initializers;
    this.#mean = this.addWeight("mean", [channels], "float32", zeros(), undefined, false);
    this.#variance = this.addWeight(
      "variance",
      [channels],
      "float32",
      ones(),
      undefined,
      false,
    );
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return shapeOf(inputShape);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), epsilon: this.#epsilon, momentum: this.#momentum };
  }

  /** Normalises, and updates the moving statistics while training. */
  protected normalise(
    x: tf.Tensor,
    weight: tf.Tensor1D,
    bias: tf.Tensor1D,
    training: boolean,
  ): tf.Tensor {
    const mean = expectRank(this.#mean.read(), 1, "mean");
    const variance = expectRank(this.#variance.read(), 1, "variance");
    if (!training) return batchNormInference(x, weight, bias, mean, variance, this.#epsilon);
    const batch = batchNormTraining(x, weight, bias, this.#epsilon);
    const count = x.size / mean.size;
    const next = updatedStatistics({ mean, variance }, batch, count, this.#momentum);
    this.#mean.write(next.mean);
    this.#variance.write(next.variance);
    return batch.y;
  }
}

class NormalizedBatchNormalization extends Normalisation {
  /** @nocollapse */
  static readonly className = "NormalizedBatchNormalization";
  readonly #magnitudeStart: number;
  readonly #biasStart: "reference" | "smooth";
  #weight!: Variable;
  #bias!: Variable;
  #magnitude?: Variable;

  constructor(config: NbnLayerOptions = {}) {
    super(config);
    this.#magnitudeStart = config.magnitudeStart ?? 1;
    this.#biasStart = config.biasStart ?? "smooth";
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = channelsOf(inputShape);
    const { zeros, ones, constant } = tf.initializers;
    this.#weight = this.addWeight("weight", [channels], "float32", ones());
    this.#bias = this.addWeight("bias", [channels], "float32", zeros());
    // The second of two inputs is the magnitude, owned by another layer.
    if (!Array.isArray(inputShape[0])) {
      const value = constant({ value: this.#magnitudeStart });
      this.#magnitude = this.addWeight("magnitude", [], "float32", value);
    }
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const [x, shared] = Array.isArray(inputs) ? inputs : [inputs];
      const magnitude = expectRank(shared ?? this.#magnitude!.read(), 0, "magnitude");
      const weight = normalizedAffine(expectRank(this.#weight.read(), 1, "weight"), magnitude);
      const bias = normalizedAffine(expectRank(this.#bias.read(), 1, "bias"), magnitude, {
        rule: this.#biasStart,
      });
      return this.normalise(x, weight, bias, training === true);
    });
  }

  override getConfig(): Config {
    const own = { magnitudeStart: this.#magnitudeStart, biasStart: this.#biasStart };
    return { ...super.getConfig(), ...own };
  }
}

class LogitsRectification extends Normalisation {
  /** @nocollapse */
  static readonly className = "LogitsRectification";

  constructor(config: LogitsRectificationLayerOptions = {}) {
    super(config);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], { training }: { training?: boolean }): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const classes = x.shape[x.rank - 1];
      return this.normalise(x, tf.ones([classes]), tf.zeros([classes]), training === true);
    });
  }
}

class SharedMagnitude extends tf.layers.Layer {
  /** @nocollapse */
  static readonly className = "SharedMagnitude";
  readonly #start: number;
  #magnitude!: Variable;

  constructor(config: MagnitudeLayerOptions = {}) {
    super(config as Config);
    this.#start = config.start ?? 1;
  }

  override build(): void {
    const value = tf.initializers.constant({ value: this.#start });
    this.#magnitude = this.addWeight("magnitude", [], "float32", value);
    this.built = true;
  }

  override call(): tf.Tensor {
    // A clone, because models dispose the outputs of their layers.
    return this.#magnitude.read().clone();
  }

  override computeOutputShape(): tf.Shape {
    return [];
  }

  override getConfig(): Config {
    return { ...super.getConfig(), start: this.#start };
  }
}

for (const layer of [NormalizedBatchNormalization, LogitsRectification, SharedMagnitude]) {
  tf.serialization.registerClass(layer as never);
}

/** Shape of the first of several inputs. */
function shapeOf(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
  return (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
}

function channelsOf(inputShape: tf.Shape | tf.Shape[]): number {
  const shape = shapeOf(inputShape);
  const channels = shape[shape.length - 1];
  if ((shape.length === 2 || shape.length === 4) && channels !== null) return channels;
  throw new RangeError(
    `Expected [batch, channels] or [batch, height, width, channels] but found [${shape}]`,
  );
}

/** Layers for `tf.sequential` and `tf.model`, registered so that saved models load. */
export const layers: {
  /**
   * Normalised batch norm (paper, equation 2). Applied to `x` alone, the layer has its own magnitude; applied to
   * `[x, magnitude]`, it shares that of {@linkcode layers.magnitude}. Sharing is part of the model's graph, so saving
   * and loading preserve it.
   *
   * @example Two layers that share a magnitude
   * ```ts
   * import { assertEquals } from "@std/assert";
   * import { engine, tf } from "@nbn/toolkit/engine";
   * import { layers } from "@nbn/toolkit/nn";
   *
   * await engine();
   * const x = tf.input({ shape: [4] });
   * const g = layers.magnitude().apply(x) as tf.SymbolicTensor;
   * const hidden = layers.nbn().apply([x, g]) as tf.SymbolicTensor;
   * const y = layers.nbn().apply([hidden, g]) as tf.SymbolicTensor;
   * const model = tf.model({ inputs: x, outputs: y });
   * assertEquals(model.trainableWeights.length, 5);
   * ```
   */
  nbn(options?: NbnLayerOptions): tf.layers.Layer;
  /** Logits Rectification (paper, equation 4), applied after the layer that computes the logits. */
  logitsRectification(options?: LogitsRectificationLayerOptions): tf.layers.Layer;
  /** Magnitude shared by several NBN layers; apply it to any tensor of the model, whose values are ignored. */
  magnitude(options?: MagnitudeLayerOptions): tf.layers.Layer;
} = {
  nbn: (options) => new NormalizedBatchNormalization(options),
  logitsRectification: (options) => new LogitsRectification(options),
  magnitude: (options) => new SharedMagnitude(options),
};
