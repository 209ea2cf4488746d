/**
 * Detection recipes by name: `<data set>/<detector>+<loss>[+<token>…]`.
 *
 * @module
 */
import { didYouMean } from "../../core/did_you_mean.ts";
import { UsageError } from "../../core/errors.ts";
import type { Network } from "../../nn/network.ts";
import { resnetTrunk } from "../../nn/resnet.ts";
import type { TrainingBatchesOptions } from "../data/training_batches.ts";
import type { Detector } from "../mask_rcnn/detector.ts";
import type { DetectionDataSet } from "./data_sets/detection_data_set.ts";
import * as dataSets from "./data_sets/register.ts";
import { DETECTION_KINDS, type DetectionToken } from "./detection_token.ts";
import * as tokens from "./register.ts";

/** Every data set of detection recipes. */
export const DETECTION_DATA_SETS: readonly DetectionDataSet[] = Object.values(dataSets);

/** Every token of detection recipes, kind by kind. */
export const DETECTION_TOKENS: readonly DetectionToken[] = DETECTION_KINDS.flatMap((kind) =>
  Object.values<DetectionToken>(tokens).filter((token) => token.kind === kind)
);

/** Kinds without which there is nothing to train. */
const NEEDED: readonly DetectionToken["kind"][] = ["detector", "loss of regions"];

/** A detector with the network of its first layers, for pretrained weights. */
export interface BuiltDetector {
  /** The detector. */
  readonly detector: Detector;
  /** Its backbone, whose parameters and statistics are under `backbone`. */
  readonly backbone: Network;
}

/** A named training of a detector. */
export interface DetectionRecipe {
  /** For instance `builtin-lvis/mask-rcnn+seesaw+nbn`. */
  readonly name: string;
  /** Description of its method. */
  readonly about: string;
  /** Publications of its method. */
  readonly source: string;
  /** Its data set, with the settings of the training. */
  readonly dataSet: DetectionDataSet;
  /** How often images of rare classes are drawn; each once if missing. */
  readonly repeat?: TrainingBatchesOptions["repeat"];
  /**
   * Creates the detector.
   *
   * @param shares Share of the annotated training images that show each class; of a detector whose weights are loaded
   * only their number matters.
   */
  build(shares: readonly number[]): BuiltDetector;
}

/**
 * Whether a name begins with a data set of detection recipes.
 *
 * @param name Name of a recipe.
 * @returns Whether {@linkcode detectionRecipe} knows its data set.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { isDetectionRecipe } from "@nbn/toolkit/detection";
 *
 * assertEquals(isDetectionRecipe("builtin-lvis/mask-rcnn+ce"), true);
 * assertEquals(isDetectionRecipe("builtin/ce"), false);
 * ```
 */
export function isDetectionRecipe(name: string): boolean {
  return DETECTION_DATA_SETS.some((dataSet) => dataSet.name === name.split("/")[0]);
}

/**
 * Finds a detection recipe by its name.
 *
 * Data sets: `builtin-lvis`, generated scenes with a small detector, and `lvis`, LVIS v1 or annotations in its format or
 * COCO's, with ResNet-50.
 *
 * Tokens, in any order: the detector `mask-rcnn`, one loss of `ce`, `eql` and `seesaw`, and optionally `nbn` and
 * `repeat-factor`.
 *
 * @param name For instance `builtin-lvis/mask-rcnn+seesaw+nbn`.
 * @returns The recipe.
 * @throws {UsageError} If the data set or a token is unknown, or there is not one detector and one loss.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { detectionRecipe } from "@nbn/toolkit/detection";
 *
 * const { about, dataSet } = detectionRecipe("builtin-lvis/mask-rcnn+ce+nbn");
 * assertEquals(about.split("; ").at(-1), "NBN in the last stage of the backbone");
 * assertEquals(dataSet.fit, [128, 128]);
 * ```
 */
export function detectionRecipe(name: string): DetectionRecipe {
  const [first, ...rest] = name.split("/");
  const dataSet = DETECTION_DATA_SETS.find((dataSet) => dataSet.name === first);
  if (!dataSet) {
    const names = DETECTION_DATA_SETS.map((each) => each.name);
    throw new UsageError(
      `Expected recipe ${name} to begin with ${names.map((each) => `${each}/`).join(", ")} ` +
        `but found "${first}"${didYouMean(first, names)}`,
    );
  }
  const own = tokensOf(name, rest.join("/"));
  const of = <Kind extends DetectionToken["kind"]>(kind: Kind) =>
    own.find((token): token is Extract<DetectionToken, { kind: Kind }> => token.kind === kind);
  const sampling = of("sampling of images"), { threshold } = dataSet;
  return {
    name,
    about: own.map((token) => token.about).join("; "),
    source: [...new Set(own.map((token) => token.source))].join("; "),
    dataSet,
    ...(sampling ? { repeat: { threshold, rounding: sampling.rounding } } : {}),
    build(shares) {
      const backbone = resnetTrunk({
        ...dataSet.backbone,
        norm: of("norm of the backbone")?.norm(),
      });
      const loss = of("loss of regions")!.loss({ classes: shares.length, shares, threshold });
      const detector = of("detector")!.detector({ ...dataSet.detector, backbone, loss });
      return { backbone, detector };
    },
  };
}

/** The tokens of a recipe in the order of their kinds, one of each kind at most. */
function tokensOf(recipe: string, method: string): readonly DetectionToken[] {
  const names = DETECTION_TOKENS.map((token) => token.name);
  const found = method.split("+").map((word) => {
    const token = DETECTION_TOKENS.find((token) => token.name === word);
    if (token) return token;
    throw new UsageError(
      `Expected recipe ${recipe} to consist of ${names.join(", ")} but found "${word}"${
        didYouMean(word, names)
      }`,
    );
  });
  for (const kind of DETECTION_KINDS) {
    const own = found.filter((token) => token.kind === kind).map((token) => token.name);
    if (own.length === 1 || (own.length === 0 && !NEEDED.includes(kind))) continue;
    const known = DETECTION_TOKENS.filter((token) => token.kind === kind);
    throw new UsageError(
      `Expected recipe ${recipe} to have one ${kind}, ${
        known.map((token) => token.name).join(" or ")
      }, but found ${own.join(" and ") || "none"}`,
    );
  }
  return DETECTION_KINDS.flatMap((kind) => found.filter((token) => token.kind === kind));
}
