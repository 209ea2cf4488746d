/**
 * The state that all processes of a cluster start from.
 *
 * @module
 */
import { TREES } from "../checkpoints/trees.ts";
import { flatten, unflatten } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { valueOfFirst } from "../engine/cluster/exchange.ts";
import { copiedState } from "../loop/copied_state.ts";
import type { InitialState } from "./initial_state.ts";

/** A state without its tensors: their paths, shapes and types by tree. */
interface Outline {
  readonly head: Omit<InitialState, (typeof TREES)[number]>;
  readonly trees: Readonly<Record<string, readonly [path: string, number[], tf.DataType][]>>;
}

/**
 * Copies the state that the process of rank 0 starts from to all, so that only that process reads checkpoints and weights.
 *
 * @param cluster The processes.
 * @param own The state, on rank 0 only; consumed.
 * @returns The state; the caller owns its tensors.
 */
export async function sharedStart(cluster: Cluster, own?: InitialState): Promise<InitialState> {
  const { head, trees } = await valueOfFirst(cluster, own && outlineOf(own));
  if (own) return await copiedState(cluster, own);
  const empty = Object.entries(trees).map(([tree, entries]) => {
    const tensors = entries.map(([path, shape, dtype]) => [path, tf.zeros(shape, dtype)] as const);
    return [tree, unflatten(tensors)];
  });
  return await copiedState(cluster, { ...head, ...Object.fromEntries(empty) } as InitialState);
}

function outlineOf(state: InitialState): Outline {
  const trees = TREES.map((tree) => {
    const tensors = flatten(state[tree] ?? {});
    return [tree, tensors.map(([path, { shape, dtype }]) => [path, shape, dtype])] as const;
  });
  const head = Object.entries(state).filter(([name]) => !TREES.includes(name as never));
  return { head: Object.fromEntries(head), trees: Object.fromEntries(trees) } as unknown as Outline;
}
