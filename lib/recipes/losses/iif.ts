/**
 * Tokens `iif` and `iif-smooth`.
 *
 * @module
 */
import { crossEntropy, iifWeights } from "../../losses/mod.ts";
import { boundedCosine } from "../../nn/bounded_cosine.ts";
import { scaledLogits } from "../../nn/scaled_logits.ts";
import type { LossToken } from "./loss_token.ts";

/** IIF on a linear classifier. */
export const iif: LossToken = {
  kind: "loss",
  name: "iif",
  about: "inverse image frequency, raw form",
  source: "Alexandridis et al. 2023",
  functions: ["iifWeights", "scaledLogits"],
  // The network itself scales the logits, at test time too.
  loss: (_counts, smoothing) => crossEntropy({ smoothing }),
  smooths: true,
  adjustment: (counts) => ({ iif: scaledLogits(iifWeights(counts)) }),
  provides: ["scaled logits"],
};

/** IIF on a cosine classifier. */
export const iifSmooth: LossToken = {
  kind: "loss",
  name: "iif-smooth",
  about: "inverse image frequency, smooth form with its cosine head",
  source: "Alexandridis et al. 2023",
  functions: ["iifWeights", "boundedCosine"],
  loss: (_counts, smoothing) => crossEntropy({ smoothing }),
  smooths: true,
  head: (classes) => boundedCosine({ units: classes }),
  adjustment: (counts) => ({ iif: scaledLogits(iifWeights(counts, { form: "smooth" })) }),
};
