/**
 * Tokens for mixing images.
 *
 * @module
 */
import {
  cmoBatches,
  cutMixBatches,
  type Mixing,
  mixupBatches,
  remixBatches,
} from "../loop/mixing.ts";
import { isLarge } from "./lengths.ts";
import type { Token, Tokens } from "./token.ts";

/** A method of mixing images. */
export interface MixingToken extends Token {
  /** Default tokens, each added unless the recipe names another of its kind. */
  readonly brings?: readonly string[];
  /** Returns how to mix batches of a data set. */
  readonly mixing: (dataSet: string) => Mixing;
  /** Whether each image of a batch has its own λ, so that the loss needs a soft target per image. */
  readonly single?: boolean;
}

/** Every method of mixing by its token. */
export const MIXINGS: Tokens<MixingToken> = {
  mixup: {
    about: "mixup of the images of a batch",
    source: "Zhang et al. 2018",
    functions: ["mixup", "mixupBatches"],
    brings: ["ce"],
    // α 1 for images of 32 × 32 pixels, 0.2 for large ones.
    mixing: (dataSet) => mixupBatches({ alpha: isLarge(dataSet) ? 0.2 : 1 }),
  },
  cutmix: {
    about: "CutMix of the images of a batch",
    source: "Yun et al. 2019",
    functions: ["cutMix", "cutMixBatches"],
    brings: ["ce"],
    mixing: cutMixBatches,
  },
  remix: {
    about: "mixup whose targets favour the rarer class",
    source: "Chou et al. 2020",
    functions: ["remix", "remixBatches"],
    brings: ["ce"],
    mixing: remixBatches,
    single: true,
  },
  cmo: {
    about: "boxes of rare images pasted into others",
    source: "Park et al. 2022",
    functions: ["cmo", "cmoBatches"],
    brings: ["ce"],
    mixing: cmoBatches,
  },
};
