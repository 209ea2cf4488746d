/**
 * Detections beside torchvision's Mask R-CNN with the same weights, by tests/golden/make_mask_rcnn.py.
 *
 * @module
 */
import { disposeTree } from "../../../lib/core/tree.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import golden from "../../golden/mask_rcnn.json" with { type: "json" };
import { testOnBackends } from "../../backends.ts";
import { formulaTensor } from "../../nn/formula.ts";
import { assertClose } from "../../train/close.ts";
import { assertDetections, goldenDetector } from "./torchvision.ts";

for (const { depth, size: [height, width], shapes, ...expected } of golden) {
  const title = `ResNet-${depth} on ${height}×${width} detects what torchvision's detects`;
  testOnBackends(title, async () => {
    const images = formulaTensor(`image ${depth} ${height}`, [1, height, width, 3]) as tf.Tensor4D;
    const batch = { images, sizes: tf.tensor2d([[height, width]]) };
    const found = await assertDetections(goldenDetector({ depth, shapes }), batch, expected);
    const { boxes } = expected;
    assertClose(found.boxes.dataSync().subarray(0, boxes.length), boxes, 1e-4);
    disposeTree(found);
  }, { only: ["tensorflow"], long: depth === 18 && height === 64 ? [] : ["tensorflow"] });
}
