/**
 * Opening a run of several stages before its last one and at its end.
 *
 * @module
 */
import { exists } from "../core/exists.ts";
import { type OpenedRun, openRun, type OpenRunOptions } from "./open_run.ts";
import { readConfig } from "./run_folder.ts";

/** What a last stage has begun with and what it has made of it. */
export interface OpenedStages {
  /** The network that the last stage began with; missing in a run of one stage, or where its checkpoint is gone. */
  readonly before?: OpenedRun;
  /** The network at the end. */
  readonly after: OpenedRun;
}

/**
 * Opens a run twice: with the checkpoint that its last stage began with, as two-stage methods keep it, and with the
 * newest.
 *
 * @param folder A run folder.
 * @param options As for {@linkcode openRun}.
 * @returns Both networks. Their tensors are freed by the `dispose` of each.
 * @throws {UsageError} If the recipe is neither given nor told by the run.
 * @throws {CheckpointError} If there is no checkpoint, or it does not fit recipe and data.
 * @throws {DataError} If the data cannot be read, or has other classes than the run.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../data/builtin/mod.ts";
 * import { train } from "./train.ts";
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
    return { before, after: await openRun(folder, options) };
  } catch (error) {
    before?.dispose();
    throw error;
  }
}

/** The checkpoint that the last stage began with. */
async function lastBeginning(folder: string): Promise<string | undefined> {
  const config = await readConfig(`${folder}/config.json`);
  const { iterations, stages = [] } = (config?.training ?? {}) as {
    iterations?: number;
    stages?: readonly { iterations: number }[];
  };
  // Some stages only change the network, without a step.
  const lengths = stages.map(({ iterations }) => iterations).filter((length) => length > 0);
  if (iterations === undefined || lengths.length < 2) return undefined;
  const file = `${folder}/checkpoint-${iterations - lengths[lengths.length - 1]}.safetensors`;
  return await exists(file) ? file : undefined;
}
