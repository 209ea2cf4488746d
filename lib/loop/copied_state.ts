/**
 * Copies of the state of a training for all processes of a cluster.
 *
 * @module
 */
import { freeTrees, TREES, type Trees } from "../checkpoints/trees.ts";
import { flatten, type Params } from "../core/tree.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { treeOfFirst } from "../engine/cluster/exchange.ts";

/**
 * Replaces the state of this process by that of the process of rank 0, so that all continue with the same bits even where
 * their processors round differently.
 *
 * @param cluster The processes; this one alone if missing.
 * @param trees The state, of the same structure on all; consumed.
 * @returns The state of rank 0.
 */
export async function copiedState<State extends Trees>(
  cluster: Cluster | undefined,
  trees: State,
): Promise<State> {
  if (!cluster) return trees;
  const own = Object.fromEntries(
    TREES.filter((name) => flatten(trees[name] ?? {}).length > 0)
      .map((name) => [name, trees[name]!]),
  );
  try {
    return { ...trees, ...await treeOfFirst(cluster, own as Params) };
  } finally {
    freeTrees(own);
  }
}
