/**
 * Several training runs shared by notebooks.
 *
 * @module
 */
import { byRun } from "./by_run.ts";
import { type TrainedRun, trainedRun, type TrainedRunOptions } from "./trained_run.ts";

/**
 * Trains several networks in sequence while displaying their curves, or opens those that an earlier call has trained;
 * see {@linkcode trainedRun}. Interrupting the kernel (■) stops the current training and continues with the next one.
 *
 * @param variants A recipe, or the options that differ from the shared ones, keyed by run name.
 * @param shared Options shared by all runs.
 * @returns The opened runs, keyed by name. Call `dispose` on each to free its tensors.
 * @throws {CheckpointError} If the run in a folder does not match the data or the network.
 * @throws {UsageError} If a folder contains a run with other settings, for instance after manual changes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 * import { trainedRuns } from "@nbn/toolkit/notebooks";
 *
 * const runs = await Deno.makeTempDir();
 * const data = builtin({ max: 20, imbalance: 10, testImages: 1 });
 * const { ce, again } = await trainedRuns(
 *   { ce: "builtin/ce", again: { seed: 1 } },
 *   { recipe: "builtin/ce", data, iterations: 1, batch: 4, runs },
 * );
 * assertEquals([ce.seed, again.recipe, again.seed], [0, "builtin/ce", 1]);
 * for (const run of [ce, again]) run.dispose();
 * await Deno.remove(runs, { recursive: true });
 * ```
 */
export async function trainedRuns<Name extends string>(
  variants: Readonly<Record<Name, string | Partial<TrainedRunOptions>>>,
  shared: Partial<TrainedRunOptions>,
): Promise<Record<Name, TrainedRun>> {
  return await byRun(variants, (variant, name) => {
    const options = typeof variant === "string" ? { recipe: variant } : variant;
    return trainedRun(name, { ...shared, ...options } as TrainedRunOptions);
  }) as Record<Name, TrainedRun>;
}
