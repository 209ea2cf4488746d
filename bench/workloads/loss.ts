/**
 * Time of a loss and its gradient.
 *
 * @module
 */
import { rng } from "../../lib/core/rng.ts";
import { disposeTree, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { valueAndGradients } from "../../lib/engine/gradients.ts";
import { traced } from "../../lib/engine/traced.ts";
import type { LossContext, LossInput } from "../../lib/losses/mod.ts";
import { generatedCounts, INATURALIST } from "../generated_list.ts";
import { LOSSES, PROJECTIONS } from "../losses.ts";
import { median } from "../median.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Number of channels of ResNet-50's embedding. */
const FEATURES = 2048;
const EXPERTS = 3;
const WARM_UP = 3, TIMES = 10;

/**
 * Sets up a loss over the classes of iNaturalist 2018.
 *
 * @param options Name of the loss, and batch size.
 * @returns The work; it measures the median time of a few calls, each including the gradients with respect to all
 * differentiable inputs of the loss.
 */
export async function loss(
  { loss: name, batch }: { readonly loss: string; readonly batch: number },
): Promise<Workload> {
  const { backend, version } = await engine();
  const counts = generatedCounts(INATURALIST), classes = counts.length;
  const { uses = [], views = 1, init, apply } = LOSSES[name](counts);
  const random = rng(0);
  const labels = tf.tensor1d(
    Int32Array.from({ length: batch }, () => random.below(classes)),
    "int32",
  );
  const projections = PROJECTIONS[name];
  let seed = 0;
  const drawn = (rows: number, columns: number) =>
    tf.randomNormal([rows, columns], 0, 1, "float32", ++seed) as tf.Tensor2D;
  const made: Partial<Record<LossInput, () => Params | tf.Tensor>> = {
    features: () => drawn(batch, FEATURES),
    experts: () =>
      Object.fromEntries(
        Array.from({ length: EXPERTS }, (_, i) => [`expert${i + 1}`, drawn(batch, classes)]),
      ),
    routes: () => drawn(batch, EXPERTS - 1),
    // Networks give unit vectors; their lengths do not change the cost.
    projections: () => drawn((views - 1) * batch, projections),
    prototypes: () => drawn(classes, projections),
    // Inputs without a gradient.
    teacher: () => drawn(batch, classes),
    keys: () => drawn(batch, projections),
    seed: () => tf.tensor1d([1, 2], "int32"),
  };
  const inputs = (requested: readonly LossInput[]): Params =>
    Object.fromEntries(
      requested.filter((input) => uses.includes(input)).map((input) => [input, made[input]!()]),
    );
  const looked: Params = {
    logits: drawn(batch, classes),
    ...inputs(["features", "experts", "routes", "projections", "prototypes"]),
  };
  const given = inputs(["teacher", "keys", "seed"]);
  const state = init({ batch, channels: FEATURES, experts: EXPERTS, projections });
  const step = traced((looked: Params, given: Params, state: Params, labels: tf.Tensor1D) => {
    const { loss, aux, gradients } = valueAndGradients(({ logits, experts, ...rest }) => {
      const context = { ...rest, ...given, progress: 1 } as LossContext;
      const found = apply(state, logits as tf.Tensor2D, labels, {
        ...context,
        experts: experts && Object.values(experts as Record<string, tf.Tensor2D>),
      });
      return { loss: found.loss, aux: found.state };
    }, looked);
    return { loss, state: aux, gradients };
  }, { name: "loss" });
  const once = async () => {
    const output = await step(looked, given, state, labels);
    await (output.loss as tf.Tensor).data();
    disposeTree(output);
  };
  for (let i = 0; i < WARM_UP; i++) await once();
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i < TIMES; i++) {
        const start = performance.now();
        await once();
        times.push(secondsSince(start));
      }
      return { value: median(times), framework: `${backend} ${version}` };
    },
    close() {
      step.dispose();
      disposeTree({ looked, given, state, labels });
      return Promise.resolve();
    },
  };
}
