/**
 * The networks of tests/golden/make_mask_rcnn.py.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { flatten, type Params, unflatten } from "../../../lib/core/tree.ts";
import type { tf } from "../../../lib/deps/tfjs.ts";
import { regionCrossEntropy } from "../../../lib/detection/losses/region_cross_entropy.ts";
import type { ImageBatch } from "../../../lib/detection/mask_rcnn/batch.ts";
import type { Detections } from "../../../lib/detection/mask_rcnn/detect.ts";
import type { Detector } from "../../../lib/detection/mask_rcnn/detector.ts";
import { maskRcnn } from "../../../lib/detection/mask_rcnn/mask_rcnn.ts";
import { fromTorchvisionDetector } from "../../../lib/detection/network/torchvision.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { batchNorm } from "../../../lib/nn/batch_norm.ts";
import { resnetTrunk } from "../../../lib/nn/resnet.ts";
import { assertNear, formulaTensor, type Stored } from "../../nn/formula.ts";
import { assertClose } from "../../train/close.ts";

/** A network of make_mask_rcnn.py. */
export interface GoldenNetwork {
  readonly depth: number;
  /** Shapes of its parameters, by torchvision's names. */
  readonly shapes: Readonly<Partial<Record<string, readonly number[]>>>;
  /** Magnitude of the running variances. */
  readonly variance?: number;
  /** Epsilon of the norms. */
  readonly epsilon?: number;
}

/** What torchvision detects. */
export interface GoldenDetections {
  readonly boxes: readonly number[];
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  /** Probabilities, of each detection 28×28. */
  readonly masks: unknown;
}

/** The weights that make_mask_rcnn.py fills torchvision's network with. */
function weight(name: string, shape: number[], variance: number): tf.Tensor {
  if (name.endsWith("running_var")) return formulaTensor(name, shape, 0.2 * variance, variance);
  if (shape.length === 1) {
    const scale = 0.2 * (name.includes("running") ? variance : 1);
    return formulaTensor(name, shape, scale, name.endsWith("weight") ? 1 : 0);
  }
  const gain = name.includes("bbox_pred") ? 0.3 : name.includes("cls") ? 2 : 1;
  const fan = shape.slice(1).reduce((product, side) => product * side, 1);
  const whole = name.includes("body") ? gain * Math.sqrt(variance) : gain;
  return formulaTensor(name, shape, whole * Math.sqrt(3 / fan));
}

/** Creates a network of make_mask_rcnn.py, with its weights imported from torchvision's layout. */
export function goldenDetector({ depth, shapes, variance = 1, epsilon }: GoldenNetwork): {
  detector: Detector;
  params: Params;
  state: Params;
} {
  const detector = maskRcnn({
    backbone: resnetTrunk({ depth: depth as 18, norm: batchNorm({ epsilon }) }),
    loss: regionCrossEntropy(4),
    anchors: { rounded: true },
    align: { aligned: false },
    channels: 16,
    hidden: 32,
  });
  const named = Object.entries(shapes).map(([name, shape]) =>
    [name, weight(name, [...shape!], variance)] as const
  );
  const paths = fromTorchvisionDetector(new Map(named));
  const own = detector.init(0);
  const fill = (tree: Params) =>
    unflatten(
      flatten(tree).map(([path, { shape }]) => {
        const found = paths.get(path)!;
        assertEquals(found.shape, shape, path);
        paths.delete(path);
        return [path, found];
      }),
    );
  const params = fill(own.params);
  const { backbone } = fill({ backbone: own.state.backbone });
  assertEquals([...paths.keys()], []);
  return { detector, params, state: { backbone } };
}

/**
 * Detects objects as make_mask_rcnn.py does, and compares labels, scores and masks with torchvision's.
 *
 * @returns The detections, for what is done with the boxes.
 */
export async function assertDetections(
  { detector, params, state }: ReturnType<typeof goldenDetector>,
  batch: ImageBatch,
  { labels, scores, masks }: Omit<GoldenDetections, "boxes">,
): Promise<Detections> {
  const detect = traced((images: tf.Tensor4D, sizes: tf.Tensor2D) =>
    detector.detect(params, state, { images, sizes }, { least: 0.05, most: 60 })
  );
  const found = await detect(batch.images, batch.sizes);
  detect.dispose();
  const count = found.count.dataSync()[0];
  assertEquals([...found.labels.dataSync().subarray(0, count)], [...labels]);
  assertClose(found.scores.dataSync().subarray(0, count), [...scores], 1e-4);
  const first = found.masks.slice([0, 0, 0, 0], [1, count, 28, 28]).reshape([count, 28, 28]);
  assertNear("masks", first, masks as Stored);
  return found;
}
