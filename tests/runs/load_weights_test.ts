/**
 * Files of weights from other frameworks.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { CheckpointError } from "../../lib/core/errors.ts";
import { flatten, mapTree } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import {
  batchNorm,
  logitsRectification,
  type Module,
  nbn,
  type Network,
  resnetCifar,
  toTorchvision,
  type Weights,
} from "../../lib/nn/mod.ts";
import { loadWeights } from "../../lib/runs/load_weights.ts";
import { pretrained } from "../../lib/runs/pretrained.ts";
import { stored } from "../../lib/safetensors/stored.ts";
import type { SafetensorsTensor } from "../../lib/safetensors/format.ts";
import { safetensorsParts } from "../../lib/safetensors/write.ts";
import { writeAtomically } from "../../lib/core/write_atomically.ts";
import { testOnBackends } from "../backends.ts";
import { inFolder } from "../in_folder.ts";

const SHAPE = [8, 8, 3];

const write = (path: string, tensors: Map<string, SafetensorsTensor>) =>
  writeAtomically(path, safetensorsParts({ tensors, metadata: new Map([["format", "pt"]]) }));

/** Creates a small network with torchvision's shortcuts. */
const small = (classes: number, norm = batchNorm(), logits?: Module) =>
  resnetCifar({ depth: 8, width: 0.25, shortcut: "B", classes, norm, logits });

/** Creates PyTorch's weights of such a network for 7 classes. */
async function stateDict(): Promise<Map<string, SafetensorsTensor>> {
  const tensors = new Map<string, SafetensorsTensor>();
  for (const [name, tensor] of toTorchvision(small(7).init(0, SHAPE))) {
    tensors.set(name, await stored(name, tensor));
    if (name.endsWith("running_var")) {
      const counted = name.replace("running_var", "num_batches_tracked");
      tensors.set(counted, { type: "I64", shape: [], bytes: new Uint8Array(8) });
    }
  }
  return tensors;
}

testOnBackends(
  "pretrained() loads torchvision's weights into a network with NBN and other classes",
  () =>
    inFolder(async (folder) => {
      const path = `${folder}/resnet8.safetensors`;
      await write(path, await stateDict());
      const plain = small(3), normed = small(3, nbn(), logitsRectification());
      const { summary, ...weights } = await pretrained(path, normed, 1, SHAPE);
      assertEquals(
        summary,
        `${path}: 45 tensors loaded; new: head (7 → 3 classes), nbn, lr`,
      );
      const images = tf.randomUniform([2, ...SHAPE], -1, 1, "float32", 0);
      const embedding = (network: Network, { params, state }: Weights) => {
        let found: tf.Tensor | undefined;
        network.apply(params, state, images, {
          training: false,
          tap: (name, y) => (name === "embedding" && (found = y), y),
        });
        return [...found!.dataSync()];
      };
      const expected = embedding(plain, await loadWeights(path, plain.init(1, SHAPE)));
      const largest = Math.max(...expected);
      embedding(normed, weights).forEach((value, i) =>
        assertAlmostEquals(value, expected[i], 1e-5 * largest)
      );
    }),
  { only: ["tensorflow"] },
);

testOnBackends(
  "loadWeights() reads half precision and names with wrappers",
  () =>
    inFolder(async (folder) => {
      const { params, state } = small(3).init(0, SHAPE);
      const like = {
        params: mapTree(params, (tensor) => tf.zerosLike(tensor)),
        state: mapTree(state, (tensor) => tf.zerosLike(tensor)),
      };
      const path = `${folder}/half.safetensors`, half = new Map<string, SafetensorsTensor>();
      for (const [name, tensor] of toTorchvision({ params, state })) {
        const values = tensor.dataSync() as Float32Array;
        const bytes = name.startsWith("conv1")
          ? new Uint8Array(
            new Uint16Array(values.buffer.slice(0)).filter((_, i) => i % 2 === 1).buffer,
          )
          : new Uint8Array(Float16Array.from(values).buffer);
        const type = name.startsWith("conv1") ? "BF16" : "F16";
        half.set(`module.${name}`, { type, shape: tensor.shape, bytes });
      }
      await write(path, half);
      const { fresh, ...found } = await loadWeights(path, like);
      assertEquals(fresh, []);
      const all = ({ params, state }: Weights) => [...flatten(params), ...flatten(state)];
      const expected = new Map(all({ params, state }));
      for (const [path, tensor] of all(found)) {
        const bound = path.startsWith("stem/conv") ? 2 ** -7 : 2 ** -10;
        const values = expected.get(path)!.dataSync();
        tensor.dataSync().forEach((value, i) =>
          assert(Math.abs(value - values[i]) <= bound * Math.abs(values[i]) + 1e-7, path)
        );
      }
    }),
);

testOnBackends(
  "loadWeights() throws on unreadable files with the remedy",
  () =>
    inFolder(async (folder) => {
      const like = resnetCifar({ depth: 8, classes: 3 }).init(0, SHAPE);
      const path = `${folder}/model.pth`;
      const refuses = (message: string) =>
        assertRejects(() => loadWeights(path, like), CheckpointError, message);
      await refuses("could not read");
      await Deno.writeFile(path, Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 8, 8, 0));
      await refuses(
        `s.save_file(torch.load('${path}', map_location='cpu', weights_only=True), '${folder}/model.s`,
      );
      await Deno.writeFile(path, Uint8Array.of(0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9));
      await refuses("is a file of torch.save");
      await write(
        path,
        new Map([["fc.bias", { type: "I32", shape: [1], bytes: new Uint8Array(4) }]]),
      );
      await refuses("fc.bias is I32");
      await assertRejects(
        () => loadWeights(folder, like),
        CheckpointError,
        "Expected a checkpoint in",
      );
      await write(path, await stateDict());
      await refuses(`they belong to another network (${path})`);
    }),
  { only: ["tensorflow", "wasm"] },
);
