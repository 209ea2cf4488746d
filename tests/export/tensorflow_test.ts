/**
 * SavedModels in TensorFlow, graph models in TensorFlow.js.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { browserModel, savedModel } from "../../lib/export/mod.ts";
import { testOnBackends } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { assertSameAnswer } from "./close.ts";
import { IMAGES, logitsOf, NETWORKS, pixels, trained } from "./networks.ts";
import { askSavedModel } from "./saved_model_session.ts";

const classes = IMAGES.classNames.length;

testOnBackends(
  "savedModel() computes in TensorFlow what the network computes here, for any batch",
  () =>
    inFolder(async (folder) => {
      for (const [name, network] of Object.entries(NETWORKS)) {
        const model = trained(network);
        await Deno.writeFile(`${folder}/saved_model.pb`, await savedModel(model, IMAGES));
        for (const count of [1, 5]) {
          const images = pixels(count), expected = logitsOf(model, images);
          const answer = askSavedModel(folder, images.shape, images.dataSync() as Float32Array);
          assertSameAnswer(answer, expected, classes, `${name}, ${count} images`);
        }
      }
    }),
  { only: ["tensorflow"] },
);

testOnBackends(
  "browserModel() computes in TensorFlow.js what the network computes here, for any batch",
  async () => {
    for (const [name, network] of Object.entries(NETWORKS)) {
      const model = trained(network);
      const { json, shards } = await browserModel(model, IMAGES);
      const graphModel = await tf.loadGraphModel({
        load: () =>
          tf.io.getModelArtifactsForJSON(
            json as never,
            ([{ weights }]) => Promise.resolve([weights, joined([...shards.values()])]),
          ),
      });
      for (const count of [1, 5]) {
        const images = pixels(count), expected = logitsOf(model, images);
        const [logits, probabilities] = (graphModel.predict(images) as tf.Tensor[])
          .map((tensor) => tensor.dataSync());
        const what = `${name}, ${count} images`;
        assertSameAnswer({ logits, probabilities }, expected, classes, what);
      }
      graphModel.dispose();
      const { classes: names } = json.userDefinedMetadata as Record<string, string>;
      assertEquals(JSON.parse(names), IMAGES.classNames);
    }
  },
);

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let length = 0;
  for (const part of parts) {
    all.set(part, length);
    length += part.length;
  }
  return all.buffer;
}
