/**
 * Logit normalisation (LogN).
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { expectClasses } from "../losses/counts.ts";

/** Mean and variance of the logit of each class over a training set. */
export interface LogNStatistics {
  /** Mean by class. */
  readonly mean: Float64Array;
  /** Variance by class. */
  readonly variance: Float64Array;
}

/** Options of {@linkcode updateLogNStatistics}. */
export interface UpdateLogNStatisticsOptions {
  /**
   * Weight of a batch in the statistics, in (0, 1].
   *
   * @default {5e-5}
   */
  readonly momentum?: number;
}

/** Lower bound of the variance. */
const SMALLEST_VARIANCE = 1e-11;

/**
 * Computes exact statistics of a training set's logits, batch by batch, in double precision. With a momentum as small
 * as the paper's, running statistics of a small data set would barely leave their initial values.
 *
 * @param batches Logits `[batch, classes]` of all training images, in batches of any size; not disposed.
 * @returns Mean and variance of each class.
 * @throws {RangeError} If there are no logits, or the number of classes differs between batches.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { logNStatistics } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * const { mean, variance } = logNStatistics([tf.tensor2d([[1, 5]]), tf.tensor2d([[3, 5]])]);
 * assertEquals([...mean, ...variance], [2, 5, 1, 0]);
 * ```
 */
export function logNStatistics(batches: Iterable<tf.Tensor2D>): LogNStatistics {
  const accumulator = logNAccumulator();
  for (const logits of batches) accumulator.add(logits.dataSync() as Float32Array, logits.shape[1]);
  return accumulator.statistics();
}

/** Incremental statistics of logits. */
export interface LogNAccumulator {
  /**
   * Adds the logits of some images.
   *
   * @param logits Shape `[images, classes]`, in row-major order.
   * @param classes Number of classes.
   */
  add(logits: Float32Array, classes: number): void;
  /** Mean and variance of the logits added so far. */
  statistics(): LogNStatistics;
}

/**
 * Creates incremental statistics, as used by {@linkcode logNStatistics}.
 *
 * @returns Empty statistics.
 * @throws {RangeError} When called later, if there are no logits, or the number of classes differs between batches.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const accumulator = logNAccumulator();
 * accumulator.add(Float32Array.of(1, 5, 3, 5), 2);
 * assertEquals([...accumulator.statistics().mean], [2, 5]);
 * ```
 */
export function logNAccumulator(): LogNAccumulator {
  let images = 0;
  let mean = new Float64Array(0), squares = new Float64Array(0);
  return {
    add(logits, classes) {
      if (images === 0) [mean, squares] = [new Float64Array(classes), new Float64Array(classes)];
      const rows = logits.length / classes;
      if (classes !== mean.length) {
        throw new RangeError(
          `Expected logits [batch, ${mean.length}] but found [${rows},${classes}]`,
        );
      }
      // Welford's algorithm, which avoids catastrophic cancellation.
      for (let row = 0; row < rows; row++) {
        images++;
        for (let c = 0; c < classes; c++) {
          const difference = logits[row * classes + c] - mean[c];
          mean[c] += difference / images;
          squares[c] += difference * (logits[row * classes + c] - mean[c]);
        }
      }
    },
    statistics() {
      if (images === 0) {
        throw new RangeError("Expected the logits of at least one image but found none");
      }
      return { mean, variance: squares.map((sum) => sum / images) };
    },
  };
}

/**
 * Updates running statistics with a batch, as in the authors' code: s ← (1 − m) · s + m · batch.
 *
 * Source: Zhao et al. 2024, Logit Normalization for Long-Tail Object Detection; over one epoch without
 * training.
 *
 * @param statistics Current statistics; before the first batch a mean of 0 and a variance of 1.
 * @param logits Shape `[batch, classes]`.
 * @param options Momentum.
 * @returns New statistics.
 * @throws {RangeError} If the momentum is out of its range, or the number of classes differs.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { updateLogNStatistics } from "@nbn/toolkit/post_hoc";
 *
 * await engine();
 * const start = { mean: Float64Array.of(0), variance: Float64Array.of(1) };
 * const { mean, variance } = updateLogNStatistics(start, tf.tensor2d([[1], [3]]), { momentum: 0.5 });
 * assertEquals([mean[0], variance[0]], [1, 1]);
 * ```
 */
export function updateLogNStatistics(
  statistics: LogNStatistics,
  logits: tf.Tensor2D,
  { momentum = 5e-5 }: UpdateLogNStatisticsOptions = {},
): LogNStatistics {
  if (!(momentum > 0 && momentum <= 1)) {
    throw new RangeError(`Expected momentum to be above 0 and at most 1 but found ${momentum}`);
  }
  expectClasses(logits, statistics.mean);
  const batch = logNStatistics([logits]);
  const moved = (before: Float64Array, now: Float64Array) =>
    before.map((value, c) => (1 - momentum) * value + momentum * now[c]);
  return {
    mean: moved(statistics.mean, batch.mean),
    variance: moved(statistics.variance, batch.variance),
  };
}

/**
 * Normalises logits after training: (z − (μ − min μ)) / σ, with mean and deviation of each class's logit over the
 * training set, so that no class's logits dominate.
 *
 * Source: Zhao et al. 2024, Logit Normalization for Long-Tail Object Detection (Table XVII of the paper).
 *
 * @param logits Shape `[batch, classes]`.
 * @param statistics Statistics of the training set's logits; variances are at least 1e-11.
 * @returns Shape `[batch, classes]`.
 * @throws {RangeError} If the statistics have a different number of classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const statistics = { mean: Float64Array.of(4, -1), variance: Float64Array.of(4, 0.25) };
 * assertEquals([...logN(tf.tensor2d([[5, 1]]), statistics).dataSync()], [0, 2]);
 * ```
 */
export function logN(logits: tf.Tensor2D, { mean, variance }: LogNStatistics): tf.Tensor2D {
  expectClasses(logits, mean);
  const { shift, deviation } = logNScale({ mean, variance });
  return logits.sub(tf.tensor1d(shift)).div(tf.tensor1d(deviation));
}

/**
 * Returns what {@linkcode logN} subtracts from the logits and divides them by.
 *
 * @param statistics Statistics of the training set's logits; variances are at least 1e-11.
 * @returns μ − min μ and σ of each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { logNScale } from "@nbn/toolkit/post_hoc";
 *
 * const { shift, deviation } = logNScale({ mean: Float64Array.of(4, -1), variance: Float64Array.of(4, 9) });
 * assertEquals([...shift, ...deviation], [5, 0, 2, 3]);
 * ```
 */
export function logNScale(
  { mean, variance }: LogNStatistics,
): { shift: Float32Array; deviation: Float32Array } {
  const min = mean.reduce((a, b) => Math.min(a, b), Infinity);
  return {
    shift: Float32Array.from(mean, (value) => value - min),
    deviation: Float32Array.from(
      variance,
      (value) => Math.sqrt(Math.max(value, SMALLEST_VARIANCE)),
    ),
  };
}
