/**
 * Tokens for mixing images.
 *
 * @module
 */
import { cmoBatches, cutMixBatches, type Mixing, mixupBatches, remixBatches } from "../mixing.ts";
import { isLarge } from "./lengths.ts";
import type { Token, Tokens } from "./token.ts";

/** A way of mixing. */
export interface MixingToken extends Token {
  /** Tokens that it brings along where no others of their kinds are named. */
  readonly brings?: readonly string[];
  /** How batches of a data set are mixed. */
  readonly mixing: (dataSet: string) => Mixing;
  /** Whether the images of a batch have shares of their own, so that the loss needs a target for each. */
  readonly single?: boolean;
}

/** Every way of mixing by its token. */
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
