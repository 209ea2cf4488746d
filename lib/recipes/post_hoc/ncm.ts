/**
 * Token `ncm`.
 *
 * @module
 */
import { measureClassMeans } from "../../loop/stages/class_means.ts";
import { withFeatures } from "../../nn/with_features.ts";
import { nearestClassMeanLayer } from "../../post_hoc/nearest_class_mean.ts";
import { measuringStage, type PostHocToken } from "./post_hoc_token.ts";

/** Nearest class mean. */
export const ncm: PostHocToken = {
  kind: "post-hoc method",
  name: "ncm",
  about: "nearest class mean of the features",
  source: "Kang et al. 2020",
  functions: ["nearestClassMean", "nearestClassMeanLayer"],
  brings: ["ce"],
  extend: (network) => withFeatures(network, "ncm", nearestClassMeanLayer()),
  measure: () => measuringStage("ncm", measureClassMeans("ncm")),
};
