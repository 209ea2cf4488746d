/**
 * Running graph models with TensorFlow.js.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import type { BrowserModel } from "../../lib/export/mod.ts";
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
        ([{ weights }]) => Promise.resolve([weights, joined([...shards.values()])]),
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

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const part of parts) {
    all.set(part, length);
    length += part.length;
  }
  return all.buffer;
}
