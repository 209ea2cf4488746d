/**
 * Files of weights that were trained elsewhere.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { CheckpointError } from "../../lib/core/errors.ts";
import { flatten } from "../../lib/core/tree.ts";
import { nbn, resnet, toTorchvision } from "../../lib/nn/mod.ts";
import { loadWeights } from "../../lib/train/load_weights.ts";
import { stored } from "../../lib/train/safetensors/stored.ts";
import type { SafetensorsTensor } from "../../lib/train/safetensors/format.ts";
import { safetensorsParts } from "../../lib/train/safetensors/write.ts";
import { writeWhole } from "../../lib/train/write_whole.ts";
import { testOnBackends } from "../backends.ts";
import { inFolder } from "../in_folder.ts";

const write = (path: string, tensors: Map<string, SafetensorsTensor>) =>
  writeWhole(path, safetensorsParts({ tensors, metadata: new Map([["format", "pt"]]) }));

testOnBackends(
  "loadWeights() takes a file of torchvision, with NBN and other classes too",
  () =>
    inFolder(async (folder) => {
      const shape = [32, 32, 3], path = `${folder}/resnet18.safetensors`;
      const trained = resnet({ depth: 18, classes: 7 }).init(0, shape);
      const tensors = new Map<string, SafetensorsTensor>();
      for (const [name, tensor] of toTorchvision(trained)) {
        tensors.set(name, await stored(name, tensor));
        if (name.endsWith("running_var")) {
          const counted = name.replace("running_var", "num_batches_tracked");
          tensors.set(counted, { type: "I64", shape: [], bytes: new Uint8Array(8) });
        }
      }
      await write(path, tensors);
      const like = resnet({ depth: 18, classes: 3, norm: nbn() }).init(1, shape);
      const { params, state } = await loadWeights(path, like, { own: ["head", "nbn"] });
      const values = (tree: typeof params) =>
        new Map(flatten(tree).map(([path, tensor]) => [path, tensor.dataSync()]));
      const [found, expected, own] = [params, trained.params, like.params].map(values);
      for (const [path, value] of found) {
        const isOwn = path.startsWith("head/") || path.startsWith("nbn/");
        assertEquals(value, (isOwn ? own : expected).get(path), path);
      }
      assertEquals([...values(state)], [...values(trained.state)]);
      await assertRejects(() => loadWeights(path, like), CheckpointError, "Expected");
      await assertRejects(
        () => loadWeights(`${folder}/x`, like),
        CheckpointError,
        "could not read",
      );
      const half = new Map(
        [["fc.bias", { type: "F16", shape: [2], bytes: new Uint8Array(4) }]] as const,
      );
      await write(path, half as unknown as Map<string, SafetensorsTensor>);
      await assertRejects(() => loadWeights(path, like), CheckpointError, "fc.bias is F16");
    }),
  { only: ["tensorflow"] },
);
