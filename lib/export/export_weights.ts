/**
 * Exporting weights without the training state.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { disposeTree } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { hasCompoundNorms } from "../nn/compound_batch_norm.ts";
import { plainNorms } from "../nn/norm_conversion.ts";
import { toTorchvision } from "../nn/torchvision.ts";
import { saveCheckpoint } from "../checkpoints/checkpoint.ts";
import { openModel, type OpenModelOptions } from "../runs/open_model.ts";
import { stored } from "../safetensors/stored.ts";
import { safetensorsParts } from "../safetensors/write.ts";
import { writeAtomically } from "../core/write_atomically.ts";

/** Options of {@linkcode exportWeights}. */
export interface ExportWeightsOptions extends OpenModelOptions {
  /**
   * Naming scheme of the tensors. `project` writes a checkpoint that `openRun` and `evaluate` accept; `torchvision`
   * uses PyTorch's names and layout, for `safetensors.torch.load_file`, and converts NBN to the equivalent plain batch
   * norm.
   *
   * @default {"project"}
   */
  readonly names?: "project" | "torchvision";
}

/**
 * Writes the parameters and running statistics of a run to a safetensors file, half as large as a checkpoint.
 *
 * @param path A run folder, whose newest checkpoint is used, or a checkpoint.
 * @param to The file to write, atomically.
 * @param options Naming scheme, and values that the run does not record.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run, or the network has no counterpart in
 * torchvision, whose names are requested.
 * @throws {CheckpointError} If there is no checkpoint, it does not match the network, or `to` cannot be written.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { exportWeights } from "@nbn/toolkit/export";
 * import { evaluateRun } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * const { all } = await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out });
 * await exportWeights(out, `${out}/weights.safetensors`);
 * const again = await evaluateRun(`${out}/weights.safetensors`);
 * assertEquals(again.all, all);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function exportWeights(
  path: string,
  to: string,
  { names = "project", ...options }: ExportWeightsOptions = {},
): Promise<void> {
  const run = await openModel(path, options);
  try {
    const { network, params, state, seed, step } = run;
    if (names === "project") {
      const { name } = network;
      await saveCheckpoint(to, {
        network: name,
        params,
        state,
        optimizer: {},
        seed,
        step,
        position: 0,
      });
      return;
    }
    if (hasCompoundNorms(state)) {
      throw new UsageError(
        `Expected a network of plain batch norms for the names of torchvision but found ${network.name}, whose compound ` +
          "batch norms PyTorch does not have: take the names of the project, or ONNX",
      );
    }
    const plain = plainNorms(network, run, run.input.shape);
    const named = toTorchvision(plain);
    for (const tree of [plain.params, plain.state]) disposeTree(tree);
    try {
      const tensors = new Map();
      for (const [name, tensor] of named) tensors.set(name, await stored(name, tensor));
      await writeAtomically(
        to,
        safetensorsParts({ tensors, metadata: new Map([["format", "pt"]]) }),
      );
    } finally {
      tf.dispose([...named.values()]);
    }
  } finally {
    run.dispose();
  }
}
