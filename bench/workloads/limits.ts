/**
 * Time of operations limited by arithmetic or by memory alone: lower bounds for every training step.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { traced } from "../../lib/engine/traced.ts";
import type { Precision } from "../../lib/engine/precision.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Calls in a turn; the fastest one counts. */
const CALLS = 5;

/**
 * Sets up a matrix product, or an elementwise operation on a large tensor.
 *
 * @param options Whether arithmetic (`product`) or `memory` is measured; rows of the square matrices or number of
 * elements; precision.
 * @returns The work; it measures the minimum time of a few calls.
 */
export async function limits(
  { limit, size, precision }: {
    readonly limit: "product" | "memory";
    readonly size: number;
    readonly precision: Precision;
  },
): Promise<Workload> {
  const { backend, version } = await engine();
  const x = tf.randomNormal(limit === "product" ? [size, size] : [size], 0, 1, "float32", 0);
  const run = traced(
    (x: tf.Tensor) =>
      limit === "product" ? tf.matMul(x as tf.Tensor2D, x as tf.Tensor2D) : tf.neg(x),
    { precision },
  );
  const seconds = async () => {
    const start = performance.now();
    (await run(x)).dispose();
    return secondsSince(start);
  };
  await seconds();
  return {
    async measure() {
      const times: number[] = [];
      for (let call = 0; call < CALLS; call++) times.push(await seconds());
      const value = Math.min(...times);
      const rate = limit === "product" ? 2 * size ** 3 / value : 8 * size / value;
      return {
        value,
        framework: `${backend} ${version}`,
        remark: `${(rate / 1e9).toFixed(0)} ${limit === "product" ? "GFLOP/s" : "GB/s"}`,
      };
    },
    close() {
      run.dispose();
      x.dispose();
      return Promise.resolve();
    },
  };
}
