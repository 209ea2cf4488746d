/**
 * ONNX models in onnxruntime.
 *
 * @module
 */
import { assertRejects } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { onnxModel, savedModel } from "../../lib/export/mod.ts";
import { network, stateless } from "../../lib/nn/mod.ts";
import { BACKENDS, testOnBackends } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { assertSameAnswer } from "./close.ts";
import { IMAGES, logitsOf, NETWORKS, pixels, trained } from "./networks.ts";
import { ask, onnxruntimePresent, type Question } from "./onnxruntime.ts";

const present = await onnxruntimePresent();
const [height, width, channels] = IMAGES.shape;

testOnBackends(
  "onnxModel() in onnxruntime agrees with the network for any batch size" +
    (present ? "" : " (skipped: deno run -A tests/export/install.ts installs onnxruntime)"),
  () =>
    inFolder(async (folder) => {
      const questions: Question[] = [], expected: [string, Float32Array][] = [];
      for (const [name, network] of Object.entries(NETWORKS)) {
        const model = trained(network), path = `${folder}/${questions.length}.onnx`;
        await Deno.writeFile(path, await onnxModel(model, IMAGES));
        for (const count of [1, 5]) {
          const images = pixels(count);
          const values = [...images.transpose([0, 3, 1, 2]).dataSync()];
          questions.push({ path, shape: [count, channels, height, width], values });
          expected.push([`${name}, ${count} images`, logitsOf(model, images)]);
        }
      }
      const answers = await ask(questions);
      expected.forEach(([what, logits], i) =>
        assertSameAnswer(answers[i], logits, IMAGES.classNames.length, what)
      );
    }),
  // Plain JavaScript takes the same path as WebAssembly.
  { only: present ? BACKENDS.filter((backend) => backend !== "cpu") : [] },
);

testOnBackends("exporting throws with the name of an unsupported operation", async () => {
  const odd = trained(network(stateless((x) => tf.erf(x.mean([1, 2])), () => [3])));
  for (const write of [onnxModel, savedModel]) {
    await assertRejects(() => write(odd, IMAGES), UsageError, "but found Erf");
  }
});
