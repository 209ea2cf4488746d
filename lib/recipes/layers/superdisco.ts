/**
 * Token `superdisco`.
 *
 * @module
 */
import { superDisco } from "../../nn/super_disco.ts";
import type { LayerToken } from "./layer_token.ts";

/**
 * Returns the super-classes of each level, of at most half of the classes: of the paper's data sets, only those of large
 * images have more than 100.
 */
function levelsFor(classes: number): number[] {
  const levels = classes > 100 ? [16, 32, 64] : classes > 50 ? [16, 32] : [4, 8];
  return levels.map((size) => Math.min(size, Math.max(1, Math.floor(classes / 2))));
}

/** SuperDisco. */
export const superdisco: LayerToken = {
  kind: "layer",
  name: "superdisco",
  about: "SuperDisco: features refined by a learned graph of super-classes (a reconstruction)",
  source: "Du et al. 2023, SuperDisco",
  functions: ["superDisco", "superClassEdges", "superClassAttention"],
  follows:
    "its abstract and figures: levels of super-classes, 16 of CIFAR-100, in a learned graph that features attend to. " +
    "Inferred: the formulas, from the graphs of ARML, on which later code of the first author builds. Chosen: residual " +
    "sums, messages before the attention, lengths, spread (`spread`) and starts, the other sizes (`levels`), cross-entropy, the data set's " +
    "schedule instead of 200 epochs. Left out: the meta-learning by a graph of prototypes, whose form is unknown",
  brings: ["ce"],
  refine: (classes) => superDisco({ levels: levelsFor(classes) }),
  rows: { "Table II": "SuperDisco", "Table III": "SuperDisco" },
};
