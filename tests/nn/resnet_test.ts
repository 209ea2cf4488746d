import { assertEquals } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { batchNorm } from "../../lib/nn/batch_norm.ts";
import type { Network } from "../../lib/nn/network.ts";
import { resnet, resnet50, resnext50 } from "../../lib/nn/resnet.ts";
import { fitWeights } from "../../lib/nn/fit_weights.ts";
import { fromTorchvision, toTorchvision } from "../../lib/nn/torchvision.ts";
import { flatten } from "../../lib/core/tree.ts";
import golden from "../golden/resnet.json" with { type: "json" };
import { testOnBackends } from "../backends.ts";
import { assertNear, formulaTensor, type Stored } from "./formula.ts";

const NETWORKS: Record<string, typeof resnet50> = {
  resnet18: (options) => resnet({ ...options, depth: 18 }),
  resnet50,
  resnext50_32x4d: resnext50,
};

/** Images of tests/golden/make_resnet.py. */
const BATCH = 2;

/** Creates the weights of torchvision's network in tests/golden/make_resnet.py. */
function weight(name: string, { shape }: tf.Tensor, magnitude: number): tf.Tensor {
  if (name === "nbn.magnitude") return tf.scalar(magnitude);
  if (shape.length === 4) {
    return formulaTensor(name, shape, Math.sqrt(3 / (shape[1] * shape[2] * shape[3])));
  }
  if (shape.length === 2) return formulaTensor(name, shape, Math.sqrt(3 / shape[1]));
  const one = name.endsWith("running_var") || name.endsWith("weight");
  return formulaTensor(name, shape, 0.2, one ? 1 : 0);
}

/** Backends on which a case is a long test; one large network always runs on the fastest. */
function longOn({ name, nbn }: { name: string; nbn: boolean }): string[] {
  if (name === "resnet18") return [];
  return name === "resnext50_32x4d" && nbn ? ["wasm"] : ["tensorflow", "wasm"];
}

for (const known of golden) {
  const title = `${known.name}${known.nbn ? " with NBN" : ""} computes torchvision's logits`;
  testOnBackends(title, () => {
    const net = NETWORKS[known.name]({ classes: 10, norm: known.nbn ? nbn() : batchNorm() });
    const shape = [known.size, known.size, 3];
    const start = net.init(0, shape);
    const named = new Map(
      [...toTorchvision(start)].map((
        [name, tensor],
      ) => [name, weight(name, tensor, known.magnitude)]),
    );
    const { params, state } = fitWeights(fromTorchvision(named), start);
    const images = formulaTensor("images", [BATCH, ...shape]);
    const evaluation = net.apply(params, state, images, { training: false });
    assertNear("evaluated", evaluation.y, known.evaluated as Stored);
    const training = net.apply(params, state, images, { training: true });
    // PyTorch's own float32 error, which is large with so few values per norm.
    const bound = Math.max(1e-4, 3 * known.rounding);
    assertNear("trained", training.y, known.trained as Stored, bound);
  }, { only: ["tensorflow", "wasm"], long: longOn(known) });
}

for (const known of golden.filter(({ nbn }) => !nbn)) {
  testOnBackends(`${known.name} has the parameter names of torchvision and timm`, () => {
    const net = NETWORKS[known.name]({ classes: 10 });
    const names = known.names.filter((name) => !name.endsWith("num_batches_tracked"));
    const ours = [...toTorchvision(net.init(0, [32, 32, 3])).keys()];
    assertEquals(ours.sort(), names.sort());
  }, { only: ["tensorflow"], long: longOn(known) });
}

testOnBackends("ResNets have torchvision's numbers of parameters", () => {
  const parameters = (net: Network) =>
    flatten(net.init(0, [64, 64, 3]).params).reduce((sum, [, { size }]) => sum + size, 0);
  assertEquals(
    [
      resnet({ depth: 18, classes: 1000 }),
      resnet50({ classes: 1000 }),
      resnext50({ classes: 1000 }),
    ]
      .map(parameters),
    [11_689_512, 25_557_032, 25_028_904],
  );
}, { only: ["tensorflow"], long: ["tensorflow"] });

testOnBackends("fromTorchvision() is the inverse of toTorchvision()", () => {
  const { params, state } = NETWORKS.resnet50({ classes: 3 }).init(0, [32, 32, 3]);
  const found = fromTorchvision(toTorchvision({ params, state }));
  for (const [path, tensor] of [...flatten(params), ...flatten(state)]) {
    assertEquals(found.get(path)?.shape, tensor.shape, path);
  }
  const path = "stage4/block1/shortcut/conv/weight";
  const expected = new Map(flatten(params)).get(path)!.dataSync();
  assertEquals(found.get(path)!.dataSync(), expected);
}, { only: ["tensorflow"] });
