/**
 * Initialising a network from pretrained weights.
 *
 * @module
 */
import { isIn } from "../loop/stages/paths.ts";
import { disposeTree, flatten, unflatten } from "../core/tree.ts";
import type { FreshPart } from "../nn/fit_weights.ts";
import type { Network } from "../nn/network.ts";
import { startLengths } from "../nn/norm_conversion.ts";
import type { Weights } from "../nn/torchvision.ts";
import { type LoadedWeights, loadWeights } from "./load_weights.ts";

/** Initial parameters and statistics of a network. */
export interface PretrainedWeights extends Weights {
  /** Summary of the loaded and the new parts, in one line. */
  readonly summary: string;
}

/**
 * Initialises a network from a weights file. NBN layers filled from plain batch norms keep the lengths of γ and β as
 * constants, so that before training the network computes the same as without NBN.
 *
 * @param path A safetensors file of torchvision, timm or a run, or a run folder.
 * @param network The network.
 * @param seed Seed of the new parts, as in `init`.
 * @param shape Shape of one image.
 * @returns Parameters and statistics, owned by the caller.
 * @throws {CheckpointError} If the file cannot be read or belongs to another network.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { engine } from "@nbn/toolkit/engine";
 * import { nbn, resnetCifar } from "@nbn/toolkit/nn";
 * import { pretrained } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
 *
 * await engine();
 * const out = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * const network = resnetCifar({ depth: 8, classes: 3, norm: nbn() });
 * const { summary } = await pretrained(out, network, 0, [32, 32, 3]);
 * assertStringIncludes(summary, "35 tensors loaded; new: head (10 → 3 classes), nbn");
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function pretrained(
  path: string,
  network: Network,
  seed: number,
  shape: readonly number[],
): Promise<PretrainedWeights> {
  const like = network.init(seed, shape);
  let loaded: LoadedWeights;
  try {
    loaded = await loadWeights(path, like);
  } finally {
    disposeTree(like.params);
    disposeTree(like.state);
  }
  const freshParts = loaded.fresh.map(({ part }) => part);
  const hasMagnitude = ({ part }: FreshPart) => /(^|\/)nbn$/.test(part);
  // A new magnitude implies a run with plain batch norms, which has no magnitudes to load.
  const isPlain = loaded.isPyTorch || loaded.fresh.some(hasMagnitude);
  const lengths = isPlain
    ? startLengths(network, loaded, shape, (path) => !isIn(freshParts, path))
    : new Map();
  return {
    params: loaded.params,
    state: unflatten([...flatten(loaded.state), ...lengths]),
    summary: summarise(loaded),
  };
}

function summarise({ file, loaded, fresh, leftOver }: LoadedWeights): string {
  const parts = fresh.map(({ part, shapes }) => {
    if (!shapes) return part;
    const [there, here] = shapes.map((shape) => shape.at(-1));
    if (there !== here) return `${part} (${there} → ${here} classes)`;
    return `${part} ([${shapes[0]}] → [${shapes[1]}])`;
  });
  // Tensors of a part that is new here are already reported above.
  const unknown = leftOver.filter((path) => !fresh.some(({ part }) => path.startsWith(`${part}/`)));
  const left = [...new Set(unknown.map((path) => path.split("/")[0]))];
  return `${file}: ${loaded} tensors loaded` +
    (parts.length > 0 ? `; new: ${parts.join(", ")}` : "") +
    (left.length > 0 ? `; unused: ${left.join(", ")} (${unknown.length} tensors)` : "");
}
