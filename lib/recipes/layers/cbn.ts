/**
 * Token `cbn`.
 *
 * @module
 */
import { dualPathLoss } from "../../losses/mod.ts";
import { compoundBatchNorm } from "../../nn/compound_batch_norm.ts";
import { dualPath } from "../../nn/dual_path.ts";
import type { LayerToken } from "./layer_token.ts";

/** Gaussians of each norm, and groups of classes: of the paper's data sets, those of large images have more classes. */
const componentsFor = (classes: number): number => Math.min(classes, classes > 100 ? 3 : 2);

/** Compound batch norm. */
export const cbn: LayerToken = {
  kind: "layer",
  name: "cbn",
  about:
    "CBN: batch norm by a mixture of Gaussians, with a second path by class frequency (a reconstruction)",
  source: "Cheng et al. 2022, CBN",
  functions: ["compoundBatchNorm", "dualPath", "dualPathLoss"],
  follows:
    "its abstract: a mixture estimated by moving averages, and two paths, of which one normalises groups of classes " +
    "apart. Inferred: scale and shift of each Gaussian, every batch norm of the network, and for the paper's rows the two " +
    "stages of MiSLAS (`mislas+cbn`). Chosen: responsibilities for single channels (`responsibility`), 2 Gaussians or, " +
    "for more than 100 classes, 3 (`components`), groups of as many classes, equal weights of both paths, all constants. " +
    "Patented in China (CN114863193)",
  brings: ["ce"],
  needs: {
    "logits only": "has a second path, of which losses see the logits alone",
    "one classifier": "has a second path of a single classifier",
  },
  refuses: { "soft targets": "has a loss of two paths for one label per image" },
  norm: (classes) => compoundBatchNorm({ components: componentsFor(classes) }),
  extend: (network, counts) => dualPath(network, counts, { groups: componentsFor(counts.length) }),
  loss: (loss) => dualPathLoss(loss),
};
