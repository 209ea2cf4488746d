/**
 * How long a loss and its gradient take.
 *
 * @module
 */
import { rng } from "../../../core/rng.ts";
import { disposeTree, isTensor, type Params } from "../../../core/tree.ts";
import { tf } from "../../../deps/tfjs.ts";
import { engine } from "../../../engine/engine.ts";
import { valueAndGradients } from "../../../engine/gradients.ts";
import { traced } from "../../../engine/traced.ts";

import { generatedCounts, INATURALIST } from "../generated_list.ts";
import { LOSSES } from "../losses.ts";
import { median } from "../median.ts";
import { secondsSince, type Work } from "./work.ts";

/** Channels of ResNet-50's embedding. */
const FEATURES = 2048;
const EXPERTS = 3;
const WARM_UP = 3, TIMES = 10;

/**
 * Sets up a loss over iNaturalist 2018's classes.
 *
 * @param options Name of the loss, and images in a batch.
 * @returns The work; it takes the median of a few calls, each with the gradient for everything that the loss looks
 * at.
 */
export async function loss(
  { loss: name, batch }: { readonly loss: string; readonly batch: number },
): Promise<Work> {
  const { backend, version } = await engine();
  const counts = generatedCounts(INATURALIST), classes = counts.length;
  const { uses = [], init, apply } = LOSSES[name](counts);
  const random = rng(0);
  const labels = tf.tensor1d(
    Int32Array.from({ length: batch }, () => random.below(classes)),
    "int32",
  );
  const seed = tf.tensor1d([1, 2], "int32");
  const looked: Params = { logits: tf.randomNormal([batch, classes], 0, 1, "float32", 1) };
  if (uses.includes("features")) {
    looked.features = tf.randomNormal([batch, FEATURES], 0, 1, "float32", 2);
  }
  if (uses.includes("experts")) {
    looked.experts = Object.fromEntries(
      Array.from({ length: EXPERTS }, (_, i) => [
        `expert${i + 1}`,
        tf.randomNormal([batch, classes], 0, 1, "float32", 3 + i),
      ]),
    );
  }
  const state = init({ batch, channels: FEATURES, experts: EXPERTS });
  const step = traced((params: Params, state: Params, labels: tf.Tensor1D, seed: tf.Tensor1D) => {
    const { loss, aux, gradients } = valueAndGradients(({ logits, features, experts }) => {
      const found = apply(state, logits as tf.Tensor2D, labels, {
        progress: 1,
        seed,
        features: features as tf.Tensor2D | undefined,
        experts: experts && !isTensor(experts)
          ? Object.values(experts) as tf.Tensor2D[]
          : undefined,
      });
      return { loss: found.loss, aux: found.state };
    }, params);
    return { loss, state: aux, gradients };
  }, { name: "loss" });
  const once = async () => {
    const output = await step(looked, state, labels, seed);
    await (output.loss as tf.Tensor).data();
    disposeTree(output);
  };
  for (let i = 0; i < WARM_UP; i++) await once();
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i < TIMES; i++) {
        const began = performance.now();
        await once();
        times.push(secondsSince(began));
      }
      return { value: median(times), framework: `${backend} ${version}` };
    },
    close() {
      step.dispose();
      disposeTree({ ...looked, state, labels, seed });
      return Promise.resolve();
    },
  };
}
