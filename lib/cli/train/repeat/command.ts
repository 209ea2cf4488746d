/**
 * `deno task train --repeat RUN`.
 *
 * @module
 */
import { UsageError } from "../../../core/errors.ts";
import { trainOptions } from "../../../settings/options_to_settings.ts";
import { areDetectors, recipesOf, settingsOf, type TrainFlags } from "../flags.ts";
import { onInterrupt } from "../interrupt.ts";
import { progressDisplay } from "../progress.ts";
import { startEngine } from "../start_engine.ts";
import { comparisonLines, repeatRun } from "./repeat.ts";

/**
 * Trains a run again, and prints what differs.
 *
 * @param run Folder of the run.
 * @param flags Flags of `train`.
 * @returns Exit code: 0 if all is equal bit for bit, else 1, or that of an interruption.
 * @throws {UsageError} If a flag does not apply, or the run is a detector's.
 */
export async function repeat(run: string, flags: TrainFlags): Promise<number> {
  for (const name of ["config", "resume", "profile", "recipe"]) {
    if (flags[name] === undefined) continue;
    throw new UsageError(`Expected no --${name} with --repeat but found one`);
  }
  const settings = await settingsOf({ ...flags, config: `${run}/config.json` });
  const [recipe] = recipesOf(settings);
  if (areDetectors([recipe])) {
    throw new UsageError(
      `Expected --repeat with the run of a classifier but found ${recipe}, which is a detector's`,
    );
  }
  await startEngine();
  const temporary = flags.out === undefined ? await Deno.makeTempDir() : undefined;
  const interrupt = onInterrupt();
  try {
    const out = temporary === undefined ? flags.out as string : `${temporary}/run`;
    const found = await repeatRun(run, out, {
      ...trainOptions(settings),
      recipe,
      onProgress: progressDisplay(),
      signal: interrupt.signal,
    });
    if (!found) return interrupt.code ?? 1;
    for (const line of comparisonLines(found)) console.log(line);
    if (flags.json) console.log(JSON.stringify(found));
    return found.first || found.different > 0 ? 1 : 0;
  } finally {
    interrupt.close();
    if (temporary !== undefined) await Deno.remove(temporary, { recursive: true });
  }
}
