/**
 * Several runs that notebooks share.
 *
 * @module
 */
import { byRun } from "./by_run.ts";
import { type TrainedRun, trainedRun, type TrainedRunOptions } from "./trained_run.ts";

/**
 * Trains several networks with their curves on show, one after the other, or opens those that an earlier call has
 * trained; see {@linkcode trainedRun}. Interrupting the kernel (■) stops the training that runs; the next one begins.
 *
 * @param variants For each name a recipe, or the options in which it differs from the others.
 * @param shared Options that all have in common.
 * @returns The runs by name, opened. Their tensors are freed by the `dispose` of each.
 * @throws {CheckpointError} If a folder's run does not fit data and network.
 * @throws {UsageError} If a folder holds a run with other settings, which someone has put there.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../data/builtin/mod.ts";
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
