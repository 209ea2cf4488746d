/**
 * Analyses that come with the project.
 *
 * @module
 */
import { readAnalysis } from "../analysis/run/files.ts";
import type { RunAnalysis } from "../analysis/run/run_analysis.ts";
import { DataError } from "../core/errors.ts";

/**
 * Reads what `deno task analyse` has written for every run in a folder, such as `data/results`: numbers of networks
 * whose training takes hours, without their data.
 *
 * @param folder Folder of run folders.
 * @returns Each analysis by recipe and steps, for instance `cifar10-lt/ce, 13000 steps`, in the order of the folders'
 * names; runs that have none are left out.
 * @throws {DataError} If the folder cannot be read, or an analysis is damaged.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * assertEquals(await analysedRuns(folder), {});
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function analysedRuns(folder: string): Promise<Record<string, RunAnalysis>> {
  let names: string[];
  try {
    const entries = await Array.fromAsync(Deno.readDir(folder));
    names = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).sort();
  } catch (cause) {
    throw new DataError(
      `Expected a folder of runs at ${folder} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
  const found: Record<string, RunAnalysis> = {};
  for (const name of names) {
    const analysis = await readAnalysis(`${folder}/${name}`);
    if (!analysis) continue;
    const { recipe, step, seed } = analysis.record;
    const short = `${recipe}, ${step} steps`;
    found[short in found ? `${short}, seed ${seed}` : short] = analysis;
  }
  return found;
}
