/**
 * Token `wn`.
 *
 * @module
 */
import type { LayerToken } from "./layer_token.ts";

/** Weight Normalization. */
export const wn: LayerToken = {
  kind: "layer",
  name: "wn",
  about: "Weight Normalization of all convolutions",
  functions: ["conv", "resnetCifar", "resnet"],
  source: "Salimans and Kingma 2016; the paper, Table X",
  weightNorm: true,
  rows: { "Table X": "WN" },
};
