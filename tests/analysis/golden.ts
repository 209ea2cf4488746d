/**
 * The network, images and golden values of tests/golden/make_analysis.py.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { ImageDataset } from "../../lib/data/dataset.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { globalAveragePool, relu } from "../../lib/engine/ops/mod.ts";
import { conv, linear, network, sequential, stateless, withTap } from "../../lib/nn/mod.ts";
import type { Model } from "../../lib/inference/predict.ts";
import golden from "../golden/analysis.json" with { type: "json" };
import { formula, formulaTensor } from "../nn/formula.ts";

export { golden };

const [IMAGES, SIDE] = [60, 6];

/** The images; the second class has none. */
export const dataset: ImageDataset = {
  name: "formula",
  classNames: ["a", "b", "c", "d"],
  labels: Int32Array.from(golden.labels),
  shape: [SIDE, SIDE, 3],
  mean: [0.5, 0.4, 0.3],
  std: [0.2, 0.25, 0.3],
  images: { kind: "pixels", pixels: pixels() },
};

function pixels(): Uint8Array {
  const values = formula("images", IMAGES * SIDE * SIDE * 3), light = formula("light", IMAGES * 3);
  const all = new Uint8Array(new SharedArrayBuffer(values.length));
  values.forEach((value, i) => {
    const image = Math.floor(i / (SIDE * SIDE * 3));
    const factor = 0.5 + 0.5 * (light[image * 3 + i % 3] + 1) / 2;
    all[i] = Math.floor(Math.floor((value + 1) / 2 * 256) * factor);
  });
  return all;
}

/** Two convolutions tapped as `mid` and `last`, pooling tapped as `embedding`, a linear head. */
export function model(): Model {
  return {
    network: network(
      sequential({
        conv1: conv({ filters: 5, padding: 1 }),
        relu1: withTap("mid", stateless(relu)),
        conv2: conv({ filters: 6, stride: 2, padding: 1 }),
        relu2: withTap("last", stateless(relu)),
        pool: withTap(
          "embedding",
          stateless((x) => globalAveragePool(x as tf.Tensor4D), ([, , channels]) => [channels]),
        ),
        head: withTap("logits", linear({ units: 4 })),
      }),
      { name: "small" },
    ),
    params: {
      conv1: { weight: formulaTensor("conv1", [3, 3, 3, 5], 0.4) },
      conv2: { weight: formulaTensor("conv2", [3, 3, 5, 6], 0.4) },
      head: { weight: formulaTensor("head", [6, 4]), bias: tf.tensor1d(golden.bias) },
    },
    state: {},
  };
}

/** Asserts that numbers agree; `null` agrees only with `null`. */
export function assertClose(
  name: string,
  found: ArrayLike<number | null>,
  expected: ArrayLike<number | null>,
  tolerance = 1e-5,
): void {
  assertEquals(found.length, expected.length, `length of ${name}`);
  for (let i = 0; i < expected.length; i++) {
    const a = found[i], b = expected[i];
    if (a === null || b === null) assertEquals(a, b, `${name} at ${i}`);
    else {
      assert(
        Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)),
        `Expected ${name} to be ${b} at ${i} but found ${a}`,
      );
    }
  }
}
