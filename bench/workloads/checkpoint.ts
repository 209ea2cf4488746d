/**
 * Time to write a checkpoint to disk.
 *
 * @module
 */
import { disposeTree } from "../../lib/core/tree.ts";
import { engine } from "../../lib/engine/engine.ts";
import { saveCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { sgd } from "../../lib/optim/mod.ts";
import { networkOf, type TrainingOptions } from "./training.ts";
import { secondsSince, type Workload } from "./workload.ts";

/**
 * Sets up a network and the momentum of its parameters.
 *
 * @param options The network, and a folder to write to.
 * @returns The work; it measures one checkpoint.
 */
export async function checkpoint(
  options: Pick<TrainingOptions, "network" | "classes"> & { readonly folder: string },
): Promise<Workload> {
  const { backend, version } = await engine();
  const network = networkOf(options);
  const { params, state } = network.init(0, [224, 224, 3]);
  const optimizer = sgd({ momentum: 0.9 }).init(params);
  const path = `${options.folder}/checkpoint-1.safetensors`;
  const save = () =>
    saveCheckpoint(path, {
      network: network.name,
      step: 1,
      seed: 0,
      position: 0,
      params,
      state,
      optimizer,
    });
  await save();
  return {
    async measure() {
      const start = performance.now();
      await save();
      const value = secondsSince(start);
      const { size } = await Deno.stat(path);
      return {
        value,
        framework: `${backend} ${version}`,
        remark: `${(size / 1e6).toFixed(0)} MB`,
      };
    },
    close: () => Promise.resolve([params, state, optimizer].forEach(disposeTree)),
  };
}
