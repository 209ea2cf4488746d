/**
 * Token `remix`.
 *
 * @module
 */
import { remixBatches } from "../../loop/mixing.ts";
import type { MixingToken } from "./mixing_token.ts";

/** Remix. */
export const remix: MixingToken = {
  kind: "mixing",
  name: "remix",
  about: "mixup whose targets favour the rarer class",
  source: "Chou et al. 2020",
  functions: ["remix", "remixBatches"],
  brings: ["ce"],
  mixing: remixBatches,
  perImage: true,
};
