/**
 * Training recipes one after another.
 *
 * @module
 */
import type { DetectorEvent } from "../../detection/training/detector_events.ts";
import type { TrainEvent } from "../../loop/progress.ts";
import type { TrainFlags } from "./flags.ts";
import { runFolder } from "./folders.ts";
import { onInterrupt } from "./interrupt.ts";
import { progressDisplay } from "./progress.ts";

/** Options of a training that only concern a single call. */
export interface CallOptions {
  /** Run folder. */
  readonly out: string;
  /** Whether an existing run is resumed. */
  readonly resume?: boolean;
  /** Displays progress; missing if another process does. */
  readonly onProgress?: (event: TrainEvent | DetectorEvent) => void;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Trains recipes until one is interrupted.
 *
 * @param recipes Names of the recipes.
 * @param flags Flags of `train`.
 * @param train Trains a recipe.
 * @param displays Whether this process displays progress, or else another one that trains together with it.
 * @returns The results, and the exit code.
 */
export async function eachRecipe<Result>(
  recipes: readonly string[],
  flags: TrainFlags,
  train: (recipe: string, call: CallOptions) => Promise<Result>,
  displays = true,
): Promise<{ results: Result[]; code: number }> {
  const time = new Date(), interrupt = onInterrupt(), results: Result[] = [];
  const { signal } = interrupt;
  try {
    for (const recipe of recipes) {
      const out = runFolder(recipe, flags.out as string | undefined, recipes.length > 1, time);
      const resume = flags.resume as boolean | undefined;
      const onProgress = displays ? interrupt.watching(progressDisplay()) : undefined;
      results.push(await train(recipe, { out, resume, onProgress, signal }));
      if (signal.aborted) break;
    }
  } finally {
    interrupt.close();
  }
  return { results, code: interrupt.code ?? 0 };
}
