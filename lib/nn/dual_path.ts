/**
 * Networks that are applied twice in training, the second time with norm layers that normalise groups of classes apart.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { rows } from "../engine/ops/mod.ts";
import { type Network, network } from "./network.ts";

/** Options of {@linkcode dualPath}. */
export interface DualPathOptions {
  /**
   * Number of groups of classes, an integer from 1 to the number of classes: as many as `compoundBatchNorm()` has
   * components.
   *
   * @default {2}
   */
  readonly groups?: number;
}

/**
 * Divides classes into groups of ever rarer classes, each of as many classes.
 *
 * @param counts Training images of each class.
 * @param groups Number of groups, an integer from 1 to the number of classes.
 * @returns Group of each class, from 0, that of the most frequent classes.
 * @throws {RangeError} If there are more groups than classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(frequencyGroups([3, 50, 7, 500], 2), [1, 0, 1, 0]);
 * ```
 */
export function frequencyGroups(counts: readonly number[], groups: number): number[] {
  expectRange("an integer of at least 1", { groups });
  if (groups > counts.length) {
    throw new RangeError(
      `Expected at most ${counts.length} groups, one for each class, but found ${groups}`,
    );
  }
  const found = Array<number>(counts.length);
  counts.map((_, label) => label).sort((a, b) => counts[b] - counts[a])
    .forEach((label, rank) => found[label] = Math.floor(rank * groups / counts.length));
  return found;
}

/**
 * Applies a network twice in a training step (class-aware split feature normalisation): first as it is, then with the
 * groups of the images' classes in the mode, by which the layers of `compoundBatchNorm()` normalise each group by one of
 * their Gaussians. The statistics move in both. The output is that of the first path; the tap `split/logits` gets that
 * of the second, in which no other feature is tapped and no norm or classifier reported. Train it with
 * `dualPathLoss()`. Elsewhere the network is unchanged.
 *
 * **A reconstruction**: see `compoundBatchNorm()`. Chosen here: groups of as many classes each, and the order of the paths.
 *
 * Source: Cheng et al. 2022, Compound Batch Normalization for Long-tailed Image Classification.
 *
 * @param inner The network.
 * @param counts Training images of each class, by which classes are grouped.
 * @param options Number of groups.
 * @returns The network, with its paths unchanged.
 * @throws {RangeError} If there are more groups than classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { compoundBatchNorm, dualPath, resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const inner = resnetCifar({ depth: 8, classes: 3, norm: compoundBatchNorm() });
 * const net = dualPath(inner, [50, 20, 5]), names: string[] = [];
 * const { params, state } = net.init(0, [8, 8, 3]);
 * net.apply(params, state, tf.zeros([4, 8, 8, 3]), {
 *   training: true,
 *   labels: tf.tensor1d([0, 0, 1, 2], "int32"),
 *   tap: (name, feature) => (names.push(name), feature),
 * });
 * assertEquals(names.slice(-2), ["logits", "split/logits"]);
 * ```
 */
export function dualPath(
  inner: Network,
  counts: readonly number[],
  { groups: number = 2 }: DualPathOptions = {},
): Network {
  const groupOfClass = frequencyGroups(counts, number);
  return network({
    init: inner.init,
    apply(params, state, x, mode) {
      const first = inner.apply(params, state, x, mode);
      if (!mode.training || !mode.labels) return first;
      const second = inner.apply(params, first.state, x, {
        training: true,
        trains: mode.trains,
        frozen: mode.frozen,
        spread: mode.spread,
        groups: rows(tf.tensor1d(groupOfClass, "int32"), mode.labels),
      });
      mode.tap?.("split/logits", second.y);
      return { y: first.y, state: second.state };
    },
  }, { name: `${inner.name}-dual` });
}
