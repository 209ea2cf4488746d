/**
 * Several classifiers with stages of their own behind stages that all share.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { detached } from "../engine/ops/mod.ts";
import type { Module } from "./module.ts";
import { scoped } from "./scoped.ts";
import { branch } from "./sequential.ts";
import { within } from "./within.ts";

/** How a residual network is divided among experts. */
export interface ExpertsOptions {
  /** Number of experts, at least 2. */
  readonly count: number;
  /**
   * Last stages that every expert has for itself, at least 1; the ones before are shared.
   *
   * @default {2}
   */
  readonly ownStages?: number;
  /**
   * Factor on the channels of the stages that experts have for themselves, above 0.
   *
   * @default {0.75}
   */
  readonly width?: number;
  /**
   * Whose gradients reach the shared stages: those of all experts, or of the first alone.
   *
   * @default {"all"}
   */
  readonly trunkLearnsFrom?: "all" | "first";
}

/** One expert behind the shared stages. */
export interface Expert {
  /** From the shared stages' output to the embedding, `[channels]`. */
  readonly body: Module;
  /** From the embedding to the logits, `[classes]`, tapped as `logits`. */
  readonly head: Module;
}

/**
 * Experts that look at the same input; their logits are averaged.
 *
 * Paths: `expert1/stage3/block1/conv1/weight`, `expert1/head/weight`, `expert1/nbn/magnitude`. Taps: those of
 * each expert (`expert1/stage3/block1`, `expert1/logits`), all embeddings side by side as `embedding`, and the
 * mean as `logits`.
 *
 * @param experts The experts, at least two.
 * @param trunkLearnsFrom Whose gradients flow back into the input.
 * @returns The composition, from the shared stages' output to `[batch, classes]`.
 */
export function expertsModule(
  experts: readonly Expert[],
  trunkLearnsFrom: "all" | "first",
): Module {
  const parts = experts.map(({ body, head }, i) => {
    const name = `expert${i + 1}`;
    return { name, body: scoped(name, body), head: scoped(name, head) };
  });
  return {
    init(rng, inputShape) {
      const params: Params = {}, state: Params = {};
      let outputShape: number[] = [];
      for (const { name, body, head } of parts) {
        const own = rng.fork(name), first = body.init(own, inputShape);
        const second = head.init(own, first.outputShape);
        params[name] = { ...first.params, ...second.params };
        const statistics = { ...first.state, ...second.state };
        if (Object.keys(statistics).length > 0) state[name] = statistics;
        outputShape = second.outputShape;
      }
      return { params, state, outputShape };
    },
    apply(params, state, x, mode) {
      const constant = trunkLearnsFrom === "first" ? detached(x) : x;
      const bodies = parts.map(({ name, body }, i) =>
        body.apply(
          branch(params, name),
          branch(state, name),
          i === 0 ? x : constant,
          within(mode, name),
        )
      );
      const embeddings = bodies.map(({ y }) => y as tf.Tensor2D);
      const seen = mode.tap ? sideBySide(embeddings, mode.tap) : embeddings;
      const heads = parts.map(({ name, head }, i) =>
        head.apply(branch(params, name), branch(state, name), seen[i], within(mode, name))
      );
      const mean = tf.addN(heads.map(({ y }) => y)).div(heads.length);
      const next: Params = {};
      parts.forEach(({ name }, i) => {
        const statistics = { ...bodies[i].state, ...heads[i].state };
        if (Object.keys(statistics).length > 0) next[name] = statistics;
      });
      return { y: mode.tap ? mode.tap("logits", mean) : mean, state: next };
    },
  };
}

/** Shows all embeddings as one, so that analyses read and mask them like that of a single network. */
function sideBySide(
  embeddings: readonly tf.Tensor2D[],
  tap: (name: string, feature: tf.Tensor) => tf.Tensor,
): tf.Tensor[] {
  const widths = embeddings.map(({ shape }) => shape[1]);
  return tf.split(tap("embedding", tf.concat([...embeddings], 1)), widths, 1);
}
