/**
 * Scalars that a training step measures besides updating the network.
 *
 * @module
 */
import { disposeTree, flatten, type Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import { isMagnitude } from "../nn/nbn.ts";

/**
 * Scalars that a batch measures, by name: `loss`, `magnitude:<path>` for each magnitude, and `gradient:<path>` for each
 * vector of NBN, in the order of the parameters.
 */
export type Measured = Record<string, tf.Tensor>;

/**
 * Scalars measured by a step, by name: `loss`, `magnitude:<path>`, `gradient:<path>` and, with gradient clipping,
 * `gradientNorm` before clipping; means over its batches.
 */
export type StepReport = Readonly<Record<string, number>>;

/**
 * Names what a batch measures.
 *
 * @param loss Its loss.
 * @param params Parameters before the step.
 * @param magnitudeGradients ĝ of each vector of NBN by its path, in the order of the backward pass. A layer of a custom
 * network may report another path than that of its parameters; such vectors follow the others.
 * @returns The scalars by name.
 */
export function measured(
  loss: tf.Scalar,
  params: Params,
  magnitudeGradients: ReadonlyMap<string, tf.Tensor>,
): Measured {
  const all = flatten(params);
  const magnitudes = all.filter(([path]) => isMagnitude(path));
  const known = all.map(([path]) => path).filter((path) => magnitudeGradients.has(path));
  const others = [...magnitudeGradients.keys()].reverse().filter((path) => !known.includes(path));
  return {
    loss,
    ...named("magnitude", magnitudes),
    ...named(
      "gradient",
      [...known, ...others].map((path) => [path, magnitudeGradients.get(path)!]),
    ),
  };
}

function named(kind: string, entries: readonly (readonly [string, tf.Tensor])[]): Measured {
  // Cloned, because a tensor must not be an input and an output, or freed with the kept gradients.
  return Object.fromEntries(
    entries.map(([path, tensor]) => [`${kind}:${path}`, tensor.clone()]),
  );
}

/**
 * Reads and frees what the batches of a step have measured.
 *
 * @param batches The scalars of each batch.
 * @returns The values of the last batch's scalars, each averaged over the batches that have it.
 */
export async function readReport(batches: readonly Measured[]): Promise<StepReport> {
  const read = await Promise.all(batches.map(async (batch) => {
    const values = await Promise.all(Object.values(batch).map((scalar) => scalar.data()));
    return new Map(Object.keys(batch).map((name, i) => [name, values[i][0]]));
  }));
  for (const batch of batches) disposeTree(batch);
  const means = [...read[read.length - 1].keys()].map((name) => {
    const values = read.flatMap((batch) => batch.get(name) ?? []);
    return [name, values.reduce((sum, value) => sum + value, 0) / values.length];
  });
  return Object.fromEntries(means);
}
