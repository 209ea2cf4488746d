/**
 * Detections beside torchvision's Mask R-CNN with the same weights, by tests/golden/make_mask_rcnn.py.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { flatten, unflatten } from "../../../lib/core/tree.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { regionCrossEntropy } from "../../../lib/detection/losses/region_cross_entropy.ts";
import { maskRcnn } from "../../../lib/detection/mask_rcnn/mask_rcnn.ts";
import { fromTorchvisionDetector } from "../../../lib/detection/network/torchvision.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { resnetTrunk } from "../../../lib/nn/resnet.ts";
import golden from "../../golden/mask_rcnn.json" with { type: "json" };
import { testOnBackends } from "../../backends.ts";
import { assertNear, formulaTensor, type Stored } from "../../nn/formula.ts";
import { assertClose } from "../../train/close.ts";

/** The weights that make_mask_rcnn.py fills torchvision's network with. */
function weight(name: string, shape: number[]): tf.Tensor {
  if (name.endsWith("running_var")) return formulaTensor(name, shape, 0.2, 1);
  if (shape.length === 1) return formulaTensor(name, shape, 0.2, name.endsWith("weight") ? 1 : 0);
  const gain = name.includes("bbox_pred") ? 0.3 : name.includes("cls") ? 2 : 1;
  const fan = shape.slice(1).reduce((product, side) => product * side, 1);
  return formulaTensor(name, shape, gain * Math.sqrt(3 / fan));
}

for (const { depth, size: [height, width], shapes, boxes, scores, labels, masks } of golden) {
  const title = `ResNet-${depth} on ${height}×${width} detects what torchvision's detects`;
  testOnBackends(title, async () => {
    const detector = maskRcnn({
      backbone: resnetTrunk({ depth: depth as 18 }),
      loss: regionCrossEntropy(4),
      anchors: { rounded: true },
      align: { aligned: false },
      channels: 16,
      hidden: 32,
    });
    const named = Object.entries(shapes).map(([name, shape]) =>
      [name, weight(name, shape)] as const
    );
    const paths = fromTorchvisionDetector(new Map(named));
    const own = detector.init(0);
    const fill = (tree: typeof own.params) =>
      unflatten(
        flatten(tree).map(([path, { shape }]) => {
          const found = paths.get(path)!;
          assertEquals(found.shape, shape, path);
          paths.delete(path);
          return [path, found];
        }),
      );
    const [params, state] = [fill(own.params), {
      backbone: fill({ backbone: own.state.backbone }).backbone,
    }];
    assertEquals([...paths.keys()], []);
    const images = formulaTensor(`image ${depth} ${height}`, [1, height, width, 3]) as tf.Tensor4D;
    const detect = traced((images: tf.Tensor4D, sizes: tf.Tensor2D) =>
      detector.detect(params, state, { images, sizes }, { least: 0.05, most: 60 })
    );
    const found = await detect(images, tf.tensor2d([[height, width]]));
    const count = found.count.dataSync()[0];
    assertEquals(count, labels.length);
    assertEquals([...found.labels.dataSync().subarray(0, count)], labels);
    assertClose(found.scores.dataSync().subarray(0, count), scores, 1e-4);
    assertClose(found.boxes.dataSync().subarray(0, 4 * count), boxes, 1e-4);
    const first = found.masks.slice([0, 0, 0, 0], [1, count, 28, 28]).reshape([count, 28, 28]);
    assertNear("masks", first, masks as Stored);
    for (const [, tensor] of flatten(found)) tensor.dispose();
    detect.dispose();
  }, { only: ["tensorflow"], long: depth === 18 && height === 64 ? [] : ["tensorflow"] });
}
