/**
 * Token `cmo`.
 *
 * @module
 */
import { cmoBatches } from "../../loop/mixing.ts";
import type { MixingToken } from "./mixing_token.ts";

/** CMO. */
export const cmo: MixingToken = {
  kind: "mixing",
  name: "cmo",
  about: "boxes of rare images pasted into others",
  source: "Park et al. 2022",
  functions: ["cmo", "cmoBatches"],
  brings: ["ce"],
  mixing: cmoBatches,
};
