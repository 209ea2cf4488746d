/**
 * Comparison of two runs of the same training.
 *
 * @module
 */
import { readMetrics } from "../../../analysis/read_metrics.ts";
import { loadCheckpoint } from "../../../checkpoints/checkpoint.ts";
import { freeTrees, TREES } from "../../../checkpoints/trees.ts";
import { flatten } from "../../../core/tree.ts";

/** A value that differs between two runs. */
export interface Difference {
  /** Where: a column of `metrics.csv` with its step, or the path of a tensor. */
  readonly where: string;
  /** Value in the first run. */
  readonly before: number;
  /** Value in the other. */
  readonly after: number;
}

/** What two runs have in common. */
export interface Comparison {
  /** Steps of `metrics.csv` that were compared. */
  readonly steps: number;
  /** First step and column of `metrics.csv` that differ. */
  readonly first?: Difference & { readonly step: number };
  /** Tensors of the checkpoints that were compared. */
  readonly tensors: number;
  /** Number of tensors that differ in any bit. */
  readonly different: number;
  /** Number of a tensor that differs most, by its absolute value. */
  readonly largest?: Difference;
}

/**
 * Compares the logs and the checkpoints of two runs.
 *
 * @param one Folder of the first run.
 * @param other Folder of the other.
 * @param step Step of the checkpoints, up to which the logs are compared.
 * @returns What differs.
 * @throws {DataError} If a log cannot be read.
 * @throws {CheckpointError} If a checkpoint cannot be read.
 */
export async function compareRuns(one: string, other: string, step: number): Promise<Comparison> {
  return { ...await compareLogs(one, other, step), ...await compareTensors(one, other, step) };
}

async function compareLogs(
  one: string,
  other: string,
  last: number,
): Promise<Pick<Comparison, "steps" | "first">> {
  const [before, after] = [await readMetrics(one), await readMetrics(other)];
  const names = Object.keys({ ...before.columns, ...after.columns });
  const rowOf = new Map(after.step.map((step, row) => [step, row]));
  let steps = 0;
  for (const [row, step] of before.step.entries()) {
    if (step > last) break;
    steps++;
    for (const name of names) {
      const [a, b] = [
        before.columns[name]?.[row] ?? null,
        after.columns[name]?.[rowOf.get(step) ?? NaN] ?? null,
      ];
      // The evaluation after the last step may have been interrupted.
      if (a === b || step === last && (a === null || b === null)) continue;
      const where = `${name} of step ${step}`;
      return { steps, first: { step, where, before: a ?? NaN, after: b ?? NaN } };
    }
  }
  return { steps };
}

async function compareTensors(
  one: string,
  other: string,
  step: number,
): Promise<Pick<Comparison, "tensors" | "different" | "largest">> {
  const name = `checkpoint-${step}.safetensors`;
  const before = await loadCheckpoint(`${one}/${name}`);
  const after = await loadCheckpoint(`${other}/${name}`);
  let tensors = 0, different = 0, largest: Difference | undefined;
  for (const tree of TREES) {
    const others = new Map(flatten(after[tree] ?? {}));
    for (const [path, tensor] of flatten(before[tree] ?? {})) {
      tensors++;
      const found = largestDifference(tensor.dataSync(), others.get(path)?.dataSync() ?? []);
      if (!found) continue;
      different++;
      const isLarger = !largest ||
        Math.abs(found.after - found.before) > Math.abs(largest.after - largest.before);
      if (isLarger) largest = { where: `${tree}/${path}`, ...found };
    }
  }
  freeTrees(before);
  freeTrees(after);
  return { tensors, different, largest };
}

/** Finds the pair of values that differs most, `undefined` if all are the same. */
function largestDifference(
  one: ArrayLike<number>,
  other: ArrayLike<number>,
): Omit<Difference, "where"> | undefined {
  let found: Omit<Difference, "where"> | undefined;
  for (let i = 0; i < one.length; i++) {
    const before = one[i], after = other[i] ?? NaN;
    if (Object.is(before, after)) continue;
    if (!found || Math.abs(after - before) > Math.abs(found.after - found.before)) {
      found = { before, after };
    }
  }
  return found;
}
