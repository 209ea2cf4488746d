/**
 * Token `dtrg`.
 *
 * @module
 */
import { dtrg } from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** DTRG. */
export const dtrgToken: LossToken = {
  kind: "loss",
  name: "dtrg",
  about: "DTRG's class centres",
  source: "Liu et al. 2022",
  functions: ["dtrg"],
  loss: (counts) => dtrg(counts),
  refuses: { "mixed images": "draws each image to the centre of its one class" },
  rows: { "Table III": "DTRG" },
};
