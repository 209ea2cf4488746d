/**
 * Weights of torchvision's Mask R-CNN.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { torchvisionPath } from "../../nn/torchvision.ts";

/** Torchvision's names of parts, and ours. */
const PARTS: readonly (readonly [RegExp, string])[] = [
  [/^backbone\.fpn\.inner_blocks\.(\d+)\.0\./, "fpn/lateral$1/"],
  [/^backbone\.fpn\.layer_blocks\.(\d+)\.0\./, "fpn/output$1/"],
  [/^rpn\.head\.conv\.0\.0\./, "rpn/conv/"],
  [/^rpn\.head\.cls_logits\./, "rpn/objectness/"],
  [/^rpn\.head\.bbox_pred\./, "rpn/boxes/"],
  [/^roi_heads\.box_head\.fc6\./, "box/hidden1/"],
  [/^roi_heads\.box_head\.fc7\./, "box/hidden2/"],
  [/^roi_heads\.box_predictor\.cls_score\./, "box/classifier/"],
  [/^roi_heads\.box_predictor\.bbox_pred\./, "box/boxes/"],
  [/^roi_heads\.mask_head\.(\d+)\.0\./, "mask/conv$1/"],
  [/^roi_heads\.mask_predictor\.conv5_mask\./, "mask/upsample/"],
  [/^roi_heads\.mask_predictor\.mask_fcn_logits\./, "mask/masks/"],
];

/** Parts that are numbered from 0 by torchvision and from 1 here. */
const NUMBERED = /(lateral|output|conv)(\d+)\/$/;

/**
 * Converts torchvision's name of a parameter of Mask R-CNN to its path.
 *
 * @param name Name in a state dict, of torchvision 0.13 or later: `roi_heads.mask_head.0.0.weight`.
 * @returns Path in the trees of `maskRcnn()`: `mask/conv1/weight`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(detectorPath("roi_heads.mask_head.0.0.weight"), "mask/conv1/weight");
 * assertEquals(detectorPath("backbone.body.layer1.0.conv1.weight"), "backbone/stage1/block1/conv1/weight");
 * ```
 */
export function detectorPath(name: string): string {
  for (const [pattern, part] of PARTS) {
    const found = pattern.exec(name);
    if (!found) continue;
    const place = part.replace("$1", found[1])
      .replace(NUMBERED, (_, word, number) => `${word}${Number(number) + 1}/`);
    return place + name.slice(found[0].length);
  }
  return `backbone/${torchvisionPath(name.replace(/^backbone\.body\./, ""))}`;
}

/**
 * Imports the weights of torchvision's Mask R-CNN under this library's paths and in its layout: background is the last
 * logit instead of the first, and has neither boxes nor masks.
 *
 * @param named Tensors by name; not disposed.
 * @param size Bins of the box head's regions in each direction.
 * @returns New tensors by path, which the caller disposes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fromTorchvisionDetector } from "@nbn/toolkit/detection";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const bias = tf.tensor1d([9, 1, 2]);
 * const found = fromTorchvisionDetector(new Map([["roi_heads.box_predictor.cls_score.bias", bias]]));
 * assertEquals([...found.get("box/classifier/bias")!.dataSync()], [1, 2, 9]);
 * ```
 */
export function fromTorchvisionDetector(
  named: ReadonlyMap<string, tf.Tensor>,
  size = 7,
): Map<string, tf.Tensor> {
  return new Map(
    [...named].filter(([name]) => !name.endsWith("num_batches_tracked")).map(([name, tensor]) => {
      const path = detectorPath(name);
      return [path, tf.tidy(() => converted(path, tensor, size).clone())];
    }),
  );
}

function converted(path: string, tensor: tf.Tensor, size: number): tf.Tensor {
  const { shape, rank } = tensor;
  switch (path) {
    case "box/hidden1/weight":
      return tensor.reshape([shape[0], -1, size, size]).transpose([2, 3, 1, 0])
        .reshape([-1, shape[0]]);
    case "box/classifier/weight":
      return backgroundLast(tensor).transpose();
    case "box/classifier/bias":
      return backgroundLast(tensor);
    case "box/boxes/weight":
      return withoutFirst(tensor, 4).transpose();
    case "box/boxes/bias":
      return withoutFirst(tensor, 4);
    case "mask/upsample/weight":
      return tensor.transpose([0, 2, 3, 1]).reshape([shape[0], -1]);
    case "mask/masks/weight":
      return withoutFirst(tensor.reshape([shape[0], -1]), 1).transpose();
    case "mask/masks/bias":
      return withoutFirst(tensor, 1);
  }
  return rank === 4 ? tensor.transpose([2, 3, 1, 0]) : rank === 2 ? tensor.transpose() : tensor;
}

function withoutFirst(tensor: tf.Tensor, count: number): tf.Tensor {
  return tensor.slice([count], [tensor.shape[0] - count]);
}

function backgroundLast(tensor: tf.Tensor): tf.Tensor {
  return tf.concat([withoutFirst(tensor, 1), tensor.slice([0], [1])]);
}
