/**
 * Experts: several classifiers, each with its own last stages, on top of shared stages.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { detached } from "../engine/ops/mod.ts";
import type { Module } from "./module.ts";
import { withScope } from "./network.ts";
import { branch } from "./compose.ts";
import { within } from "./within.ts";

/** How a residual network is divided among experts. */
export interface ExpertsOptions {
  /** Number of experts, at least 2. */
  readonly count: number;
  /**
   * Number of last stages that are separate for each expert, at least 1; the earlier ones are shared.
   *
   * @default {2}
   */
  readonly ownStages?: number;
  /**
   * Factor on the channels of the experts' own stages, above 0.
   *
   * @default {0.75}
   */
  readonly width?: number;
  /**
   * Experts whose gradients reach the shared stages: all, or only the first.
   *
   * @default {"all"}
   */
  readonly trunkLearnsFrom?: "all" | "first";
}

/** One expert on top of the shared stages. */
export interface Expert {
  /** Module from the shared stages' output to the embedding, `[channels]`. */
  readonly body: Module;
  /** Module from the embedding to the logits, `[classes]`, tapped as `logits`. */
  readonly head: Module;
}

/**
 * Applies experts to the same input and averages their logits.
 *
 * Paths: `expert1/stage3/block1/conv1/weight`, `expert1/head/weight`, `expert1/nbn/magnitude`. Taps: those of
 * each expert (`expert1/stage3/block1`, `expert1/logits`), all embeddings, concatenated, as `embedding`, and the mean
 * logits as `logits`.
 *
 * @param experts The experts, at least two.
 * @param trunkLearnsFrom Experts whose gradients flow back into the input.
 * @returns The composition, from the shared stages' output to `[batch, classes]`.
 */
export function expertsModule(
  experts: readonly Expert[],
  trunkLearnsFrom: "all" | "first",
): Module {
  const parts = experts.map(({ body, head }, i) => {
    const name = `expert${i + 1}`;
    return { name, body: withScope(name, body), head: withScope(name, head) };
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
      const embeddings = bodies.map(({ y }, i) =>
        expectRank(y, 2, `the embedding of expert ${i + 1}`)
      );
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

/** Taps all embeddings as one tensor, so that analyses read and mask them like that of a single network. */
function sideBySide(
  embeddings: readonly tf.Tensor2D[],
  tap: (name: string, feature: tf.Tensor) => tf.Tensor,
): tf.Tensor[] {
  const widths = embeddings.map(({ shape }) => shape[1]);
  return tf.split(tap("embedding", tf.concat([...embeddings], 1)), widths, 1);
}
