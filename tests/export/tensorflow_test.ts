/**
 * SavedModels in TensorFlow, graph models in TensorFlow.js.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { flatten } from "../../lib/core/tree.ts";
import { browserModel, onnxModel, savedModel } from "../../lib/export/mod.ts";
import { listRecipes, recipe } from "../../lib/recipes/mod.ts";
import { networkOf } from "../../lib/loop/stages/network.ts";
import { testOnBackends } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { assertSameAnswer } from "./close.ts";
import { askGraphModel } from "./graph_model.ts";
import { IMAGES, logitsOf, NETWORKS, pixels, trained } from "./networks.ts";
import { askSavedModel } from "./saved_model_session.ts";

const classes = IMAGES.classNames.length;

testOnBackends(
  "savedModel() in TensorFlow agrees with the network for any batch size",
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
  "browserModel() in TensorFlow.js agrees with the network for any batch size",
  async () => {
    for (const [name, network] of Object.entries(NETWORKS)) {
      const model = trained(network), graphModel = browserModel(model, IMAGES);
      const batches = [pixels(1), pixels(5)];
      const answers = await askGraphModel(graphModel, batches);
      batches.forEach((images, i) =>
        assertSameAnswer(answers[i], logitsOf(model, images), classes, `${name}, batch ${i}`)
      );
      const { classes: names } = graphModel.json.userDefinedMetadata as Record<string, string>;
      assertEquals(JSON.parse(names), IMAGES.classNames);
    }
  },
);

testOnBackends("networks of all recipes can be exported", async () => {
  const methods = new Set(listRecipes().map(({ name }) => name.split("/")[1]));
  const seen = new Set<string>(), counts = Array<number>(classes).fill(5), images = pixels(2);
  for (const method of methods) {
    const made = recipe(`builtin/${method}`, { width: 0.25 });
    const plan = {
      network: made.network(classes, counts),
      stages: made.stages({ ...made, counts }),
    };
    const model = trained(networkOf(plan, plan.stages.length - 1));
    // Many methods differ only in their losses.
    const paths = [model.params, model.state].flatMap(flatten).map(([path]) => path);
    const structure = [model.network.name, ...paths].join();
    if (seen.has(structure)) continue;
    seen.add(structure);
    const [answer] = await askGraphModel(browserModel(model, IMAGES), [images]);
    assertSameAnswer(answer, logitsOf(model, images), classes, method);
    await onnxModel(model, IMAGES);
  }
  assert(seen.size > 20, `${seen.size} networks`);
}, { only: ["wasm"] });
