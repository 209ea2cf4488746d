/**
 * Opening the network of a run before and after its last stage.
 *
 * @module
 */
import { exists } from "../core/exists.ts";
import { type OpenedRun, openRun, type OpenRunOptions } from "./open_run.ts";
import { readConfig } from "./run_folder.ts";

/** The network before and after the last stage. */
export interface OpenedStages {
  /** The network before the last stage; missing for a run of one stage, or if the checkpoint was removed. */
  readonly before?: OpenedRun;
  /** The final network. */
  readonly after: OpenedRun;
}

/**
 * Opens a run twice: with the checkpoint at the beginning of its last stage, and with the newest one.
 *
 * @param folder A run folder.
 * @param options As for {@linkcode openRun}.
 * @returns Both networks. Their tensors are freed by the `dispose` of each.
 * @throws {UsageError} If the recipe is neither given nor recorded by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not match the recipe and the data.
 * @throws {DataError} If the data cannot be read, or has other classes than the run.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 * import { openStages } from "@nbn/toolkit/runs";
 * import { train } from "@nbn/toolkit/train";
 *
 * const out = await Deno.makeTempDir();
 * const data = builtin({ max: 20, imbalance: 10, testImages: 1 });
 * await train({ recipe: "builtin/crt", data, iterations: 4, batch: 4, evaluateEvery: 4, out });
 * const { before, after } = await openStages(out, { data });
 * assertEquals([before?.step, after.step], [4, 5]);
 * for (const run of [before, after]) run?.dispose();
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function openStages(
  folder: string,
  options: OpenRunOptions = {},
): Promise<OpenedStages> {
  const kept = await lastBeginning(folder);
  const before = kept === undefined ? undefined : await openRun(kept, options);
  try {
    // Loaded once for both.
    const data = before?.data ?? options.data;
    return { before, after: await openRun(folder, { ...options, data }) };
  } catch (error) {
    before?.dispose();
    throw error;
  }
}

/** Returns the path of the checkpoint at the beginning of the last stage. */
async function lastBeginning(folder: string): Promise<string | undefined> {
  const config = await readConfig(`${folder}/config.json`);
  const { iterations, stages = [] } = (config?.training ?? {}) as {
    iterations?: number;
    stages?: readonly { iterations: number }[];
  };
  // Stages without steps only modify the network.
  const lengths = stages.map(({ iterations }) => iterations).filter((length) => length > 0);
  if (iterations === undefined || lengths.length < 2) return undefined;
  const file = `${folder}/checkpoint-${iterations - lengths[lengths.length - 1]}.safetensors`;
  return await exists(file) ? file : undefined;
}
