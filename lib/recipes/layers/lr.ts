/**
 * Token `lr`.
 *
 * @module
 */
import { logitsRectification } from "../../nn/logits_rectification.ts";
import type { LayerToken } from "./layer_token.ts";

/** Logits Rectification. */
export const lr: LayerToken = {
  kind: "layer",
  name: "lr",
  about: "Logits Rectification",
  source: "the paper, equation 4",
  functions: ["logitsRectification"],
  logits: () => logitsRectification(),
  example: "ce+nbn+lr",
};
