/**
 * Normalised batch norm: BN parameters as unit directions times a shared, learned magnitude.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import { isTensor, type Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { type Affine, batchNorm, type BatchNormOptions, normLayer } from "./batch_norm.ts";
import type { Mode, Module, Norm, NormSite } from "./module.ts";
import { normalizedAffine, type UnitRule } from "./normalized_affine.ts";
import { completeSite, isPlaced, type Placement } from "./placement.ts";

/** Options of {@linkcode nbn}. */
export interface NbnOptions extends BatchNormOptions {
  /**
   * Which norms are NBN; the others are plain batch norm (Table VI).
   *
   * @default {"default"}
   */
  placement?: Placement;
  /**
   * Which layers share one magnitude: all, those of a residual block, none (Table VII).
   *
   * @default {"all"}
   */
  share?: "all" | "partial" | "none";
  /**
   * Whether the magnitude is learned or fixed at its initial value (Table IX, "Fix").
   *
   * @default {"learned"}
   */
  magnitude?: "learned" | "fixed";
  /**
   * Initial value of the magnitude, or its fixed value; `batch-norm` is the square root of the number of channels, so
   * that γ starts at 1 in every channel. Of layers that share a magnitude, the first one's channels count.
   *
   * @default {1}
   */
  magnitudeStart?: number | "batch-norm";
  /**
   * Whether directions are normalised to unit length; otherwise γ = g·v and β = g·u (Table IX).
   *
   * @default {true}
   */
  normalize?: boolean;
  /**
   * Whether weight and bias share a magnitude (section IV-B).
   *
   * @default {true}
   */
  tieWeightBias?: boolean;
  /**
   * How the bias, initialised to 0, is normalised to a unit vector: as in the paper's code, or with a well-scaled
   * gradient from the first step.
   *
   * @default {"smooth"}
   */
  biasStart?: "reference" | "smooth";
  /**
   * Which bias the layers have, to separate its effect from that of the weight: β = g·u/‖u‖ as in the paper, β = u as
   * in plain batch norm, or β = 0, which is no parameter. `tieWeightBias` and `biasStart` describe the first only.
   *
   * @default {"normalized"}
   */
  bias?: "normalized" | "plain" | "zero";
}

/**
 * Returns whether a path is that of an NBN magnitude, for any value of `share`.
 *
 * @param path For instance `nbn/magnitude`.
 * @returns Whether it is one.
 */
export function isMagnitude(path: string): boolean {
  return /(^|\/)(magnitude|biasMagnitude)$/.test(path);
}

/**
 * Returns whether a path is that of an NBN length constant, which only the state of networks initialised from weights
 * of plain batch norms contains.
 *
 * @param path For instance `stage4/block1/bn3/weightLength`.
 * @returns Whether it is one.
 */
export function isLength(path: string): boolean {
  return /(^|\/)(weight|bias)Length$/.test(path);
}

/**
 * Normalised batch norm (paper, equation 2): γ = g·v/‖v‖, β = g·u/‖u‖, with one learned g for all layers.
 *
 * Parameters of each layer: `weight` (v, initialised to ones) and `bias` (u, initialised to zeros), `[channels]`. The
 * magnitude is stored once, at the root of the network's tree: `nbn/magnitude`; with `share: "partial"`
 * `nbn/stage3/block4/magnitude`; with `share: "none"` beside the parameters of its layer. With `tieWeightBias: false`
 * there are `magnitude` and `biasMagnitude`; with `bias: "zero"` no `bias`.
 *
 * In a network initialised from weights of plain batch norms, the state of each layer holds constants `weightLength`
 * and `biasLength` that multiply γ and β: a shared magnitude alone cannot represent the length of each layer's
 * vectors.
 *
 * @param options Placement, sharing, magnitude, bias.
 * @returns The norm for a network's `norm` argument.
 * @throws {RangeError} If the initial magnitude is neither a finite number nor `batch-norm`, or a bias that is not
 * normalised is to have a magnitude or a start of its own.
 *
 * @example NBN in a custom network with a single norm layer
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { conv, nbn, network, sequential } from "@nbn/toolkit/nn";
 *
 * const net = network(sequential({ conv: conv({ filters: 8 }), norm: nbn()({ channels: 8 }) }));
 * const { params } = net.init(0, [32, 32, 3]);
 * assertEquals(Object.keys(params), ["conv", "norm", "nbn"]);
 * ```
 */
export function nbn(options: NbnOptions = {}): Norm {
  const { placement = "default", magnitudeStart = 1, bias = "normalized" } = options;
  if (magnitudeStart !== "batch-norm" && !Number.isFinite(magnitudeStart)) {
    throw new RangeError(
      `Expected magnitudeStart to be a finite number or batch-norm but found ${magnitudeStart}`,
    );
  }
  if (!["normalized", "plain", "zero"].includes(bias)) {
    throw new RangeError(`Expected bias to be normalized, plain or zero but found ${bias}`);
  }
  if (bias !== "normalized" && (options.tieWeightBias === false || options.biasStart)) {
    throw new RangeError(
      `Expected neither tieWeightBias nor biasStart with bias ${bias}, which is not normalised`,
    );
  }
  const plain = batchNorm(options);
  return (site) => isPlaced(placement, site) ? nbnLayer(completeSite(site), options) : plain(site);
}

function nbnLayer(site: Required<NormSite>, options: NbnOptions): Module {
  const { share = "all", tieWeightBias = true, normalize = true } = options;
  const { bias: kind = "normalized" } = options;
  const start = options.magnitudeStart === "batch-norm"
    ? Math.sqrt(site.channels)
    : options.magnitudeStart ?? 1;
  const learned = (options.magnitude ?? "learned") === "learned";
  const magnitudes = (): Params => ({
    magnitude: tf.scalar(start),
    ...(tieWeightBias ? {} : { biasMagnitude: tf.scalar(start) }),
  });
  const path = share === "all" ? ["nbn"] : ["nbn", `stage${site.stage}`, `block${site.block}`];
  const affine: Affine = {
    reported: { kind: "nbn", site },
    init: () => ({
      weight: tf.ones([site.channels]),
      ...(kind === "zero" ? {} : { bias: tf.zeros([site.channels]) }),
      ...(learned && share === "none" ? magnitudes() : {}),
    }),
    shared: () =>
      learned && share !== "none"
        ? path.reduceRight<Params>((inner, name) => ({ [name]: inner }), magnitudes())
        : {},
    affine(params, mode, state) {
      const source = !learned
        ? { magnitude: tf.scalar(start) }
        : share === "none"
        ? params
        : sharedAt(mode, path);
      const magnitude = expectRank(source.magnitude, 0, "magnitude of nbn");
      const biasMagnitude = tieWeightBias || !source.biasMagnitude
        ? magnitude
        : expectRank(source.biasMagnitude, 0, "biasMagnitude of nbn");
      const scaled = (name: "weight" | "bias", magnitude: tf.Scalar, rule: UnitRule) => {
        const direction = expectRank(params[name], 1, `${name} of nbn`);
        const length = state[`${name}Length`];
        // Applied outside `normalizedAffine`, so that ĝ includes the length and is the gradient of the shared
        // magnitude.
        const lengthened = (y: tf.Tensor1D): tf.Tensor1D => isTensor(length) ? y.mul(length) : y;
        if (name === "bias" && kind === "plain") return lengthened(direction);
        if (!normalize) return lengthened(direction.mul(magnitude));
        const onMagnitudeGradient = mode.onMagnitudeGradient &&
          ((gradient: tf.Tensor) => mode.onMagnitudeGradient!(`${site.path}/${name}`, gradient));
        return lengthened(normalizedAffine(direction, magnitude, { rule, onMagnitudeGradient }));
      };
      return {
        weight: scaled("weight", magnitude, "exact"),
        bias: kind === "zero"
          ? tf.zeros([site.channels])
          : scaled("bias", biasMagnitude, options.biasStart ?? "smooth"),
      };
    },
  };
  return normLayer(site.channels, options, affine);
}

function sharedAt(mode: Mode, path: readonly string[]): Params {
  let node: Params | tf.Tensor | undefined = mode.shared;
  for (const name of path) node = node && !isTensor(node) ? node[name] : undefined;
  if (!node || isTensor(node) || !isTensor(node.magnitude)) {
    throw new TypeError(
      `Expected the shared magnitude at ${path.join("/")}/magnitude but found none: ` +
        `wrap the outermost module in network()`,
    );
  }
  return node;
}
