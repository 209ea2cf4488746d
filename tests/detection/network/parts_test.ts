/**
 * Feature pyramid and heads beside torchvision, by tests/golden/make_detection.py.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { rng } from "../../../lib/core/rng.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { boxHead } from "../../../lib/detection/network/box_head.ts";
import { fpn } from "../../../lib/detection/network/fpn.ts";
import { maskHead } from "../../../lib/detection/network/mask_head.ts";
import { normalizedLinear } from "../../../lib/detection/network/normalized_linear.ts";
import { rpnHead } from "../../../lib/detection/network/rpn_head.ts";
import { flatten, type Params } from "../../../lib/core/tree.ts";
import { testOnBackends } from "../../backends.ts";
import { assertGradients } from "../../finite_difference.ts";
import { assertNear, formulaTensor } from "../../nn/formula.ts";
import { assertClose } from "../../train/close.ts";
import { filledPart, golden, stored } from "../golden.ts";

/** Shapes by path, to compare what `init` creates with what is loaded. */
function shapes(tree: Params) {
  return Object.fromEntries(flatten(tree).map(([path, { shape }]) => [path, shape]));
}

testOnBackends("fpn() is torchvision's", () => {
  const { names, maps } = golden.fpn, network = fpn(6);
  const params = filledPart(names, "fpn");
  assertEquals(shapes(network.init(rng(0), [3, 4, 5])), shapes(params));
  const inputs = [0, 1, 2].map((i) =>
    formulaTensor(`map${i}`, [2, 12 / 2 ** i, 8 / 2 ** i, 3 + i]) as tf.Tensor4D
  );
  const outputs = network.apply(params, inputs);
  maps.forEach((map, i) => assertNear(`p${i}`, outputs[i], stored(map)));
  assertEquals(outputs.length, maps.length);
  assertGradients(
    (...maps) => tf.concat(network.apply(params, maps as tf.Tensor4D[]).map((y) => y.flatten())),
    inputs,
    { step: 0.05 },
  );
});

testOnBackends("rpnHead() is torchvision's", () => {
  const { names, logits, code } = golden.rpn, head = rpnHead({ channels: 6 });
  const params = filledPart(names, "rpn");
  assertEquals(shapes(head.init(rng(0))), shapes(params));
  const found = head.apply(params, formulaTensor("rpn map", [2, 3, 4, 6]) as tf.Tensor4D);
  assertNear("logits", found.logits, stored(logits));
  assertNear("code", found.code, stored(code));
});

testOnBackends("boxHead() is torchvision's, with background last", () => {
  const { names, logits, code } = golden.box;
  const head = boxHead({ classes: 5, logits: 6, channels: 4, hidden: 7, size: 3 });
  const params = filledPart(names, "box", 3);
  assertEquals(shapes(head.init(rng(0))), shapes(params));
  const found = head.apply(params, formulaTensor("box features", [6, 3, 3, 4]) as tf.Tensor4D);
  assertNear("logits", found.logits, stored(logits));
  assertNear("code", found.code, stored(code));
});

testOnBackends("maskHead() is torchvision's, for the class of each region", () => {
  const { names, labels, logits, gradient, filters } = golden.mask,
    head = maskHead({ classes: 5, channels: 4 });
  const params = filledPart(names, "mask");
  assertEquals(shapes(head.init(rng(0))), shapes(params));
  const features = formulaTensor("mask features", [6, 5, 5, 4]) as tf.Tensor4D;
  const { weight, bias } = params.masks as { weight: tf.Tensor; bias: tf.Tensor };
  const masks = (x: tf.Tensor, weight: tf.Tensor) =>
    head.apply(
      { ...params, masks: { weight, bias } },
      x as tf.Tensor4D,
      tf.tensor1d(labels, "int32"),
    );
  assertNear("logits", masks(features, weight), stored(logits));
  const dy = formulaTensor("mask gradient", [6, 10, 10]);
  const [ofFeatures, ofFilters] = tf.grads(masks)([features, weight], dy);
  assertNear("gradient", ofFeatures, stored(gradient));
  assertNear("filters", ofFilters, stored(filters));
});

testOnBackends("normalizedLinear() has mmdetection's values, and gradients", () => {
  const weight = tf.tensor2d([[3, 1], [4, 0]]), bias = tf.zeros([2]), x = tf.tensor2d([[1, 1]]);
  const layer = normalizedLinear({ units: 2 });
  const apply = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
    layer.apply({ weight, bias }, {}, x, { training: false }).y;
  assertClose(apply(x, weight, bias).dataSync(), [19.798972, 14.142111], 1e-6);
  assertGradients(apply, [x, weight, bias], { step: 1e-2 });
});
