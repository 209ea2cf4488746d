/**
 * Running graph models with TensorFlow.js.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import type { BrowserModel } from "../../lib/export/mod.ts";
import { joined } from "../joined.ts";
import type { Answer } from "./close.ts";

/**
 * Runs a graph model on batches of images, on the current backend.
 *
 * @param model Files of the model.
 * @param batches Images, `[batch, height, width, channels]`.
 */
export async function askGraphModel(
  { json, shards }: BrowserModel,
  batches: readonly tf.Tensor[],
): Promise<Answer[]> {
  const model = await tf.loadGraphModel({
    load: () =>
      tf.io.getModelArtifactsForJSON(
        json as never,
        ([{ weights }]) => Promise.resolve([weights, joined(...shards.values()).buffer]),
      ),
  });
  const answers = batches.map((images) => {
    const [logits, probabilities] = (model.predict(images) as tf.Tensor[])
      .map((tensor) => tensor.dataSync());
    return { logits, probabilities };
  });
  model.dispose();
  return answers;
}
