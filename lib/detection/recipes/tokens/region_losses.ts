/**
 * Tokens `ce`, `eql` and `seesaw` of detection recipes.
 *
 * @module
 */
import { regionCrossEntropy } from "../../losses/region_cross_entropy.ts";
import { regionEql } from "../../losses/region_eql.ts";
import { regionSeesaw } from "../../losses/region_seesaw.ts";
import type { RegionLossToken } from "../detection_token.ts";

/** Cross-entropy over classes and background. */
export const ceToken: RegionLossToken = {
  kind: "loss of regions",
  name: "ce",
  about: "cross-entropy over classes and background",
  source: "He et al. 2017",
  functions: ["regionCrossEntropy"],
  rows: { "Table XIV": "Cross Entropy" },
  loss: ({ classes }) => regionCrossEntropy(classes),
};

/** Equalization loss. */
export const eqlToken: RegionLossToken = {
  kind: "loss of regions",
  name: "eql",
  about: "Equalization loss: other classes do not suppress those that are not frequent",
  source: "Tan et al. 2020",
  functions: ["regionEql"],
  rows: { "Table XIV": "EQL" },
  follows:
    "λ = 0.001 for LVIS v1, below which are its rare and common classes; the paper's 0.00177 is that " +
    "of v0.5",
  loss: ({ shares, threshold }) => regionEql(shares, { threshold }),
};

/** Seesaw loss. */
export const seesawToken: RegionLossToken = {
  kind: "loss of regions",
  name: "seesaw",
  about: "Seesaw loss with a branch for objectness",
  source: "Wang et al. 2021",
  functions: ["regionSeesaw"],
  rows: { "Table XIV": "Seesaw" },
  loss: ({ classes }) => regionSeesaw(classes),
};
