/**
 * A detector that is small enough for tests, and a batch for it.
 *
 * @module
 */
import { collateImages } from "../../../lib/detection/data/collate.ts";
import { learnableImages } from "../../../lib/detection/data/learnable.ts";
import { prepareImage } from "../../../lib/detection/data/prepared.ts";
import type { DetectionSet } from "../../../lib/detection/data/detection_set.ts";
import { regionCrossEntropy } from "../../../lib/detection/losses/region_cross_entropy.ts";
import type { DetectionBatch } from "../../../lib/detection/mask_rcnn/batch.ts";
import type { Detector } from "../../../lib/detection/mask_rcnn/detector.ts";
import type { MaskRcnnOptions } from "../../../lib/detection/mask_rcnn/mask_rcnn_options.ts";
import { maskRcnn } from "../../../lib/detection/mask_rcnn/mask_rcnn.ts";
import { relu } from "../../../lib/engine/ops/mod.ts";
import { batchNorm } from "../../../lib/nn/batch_norm.ts";
import { conv } from "../../../lib/nn/conv.ts";
import type { Norm } from "../../../lib/nn/module.ts";
import { type Network, network } from "../../../lib/nn/network.ts";
import { sequential, stateless, withTap } from "../../../lib/nn/sequential.ts";

/** Four stages of one convolution each. */
export function tinyBackbone(norm: Norm = batchNorm()): Network {
  const stages = [1, 2, 3, 4].map((stage) => {
    const path = `stage${stage}/block1`, filters = 4 + stage;
    const parts = sequential({
      conv: conv({ filters, stride: stage === 1 ? 4 : 2, padding: 1 }),
      bn: norm({ channels: filters, stage, stages: 4, path: `${path}/bn` }),
      relu: stateless(relu),
    });
    return [`stage${stage}`, sequential({ block1: withTap(path, parts) })] as const;
  });
  return network(sequential(Object.fromEntries(stages)), { name: "tiny" });
}

/** A detector with narrow heads and small samples. */
export function tinyDetector(options: Partial<MaskRcnnOptions> = {}): Detector {
  return maskRcnn({
    backbone: tinyBackbone(),
    loss: regionCrossEntropy(12),
    channels: 6,
    hidden: 8,
    anchors: { scale: 4 },
    rpnSample: { count: 32, positive: 16 },
    boxSample: { count: 16, positive: 6 },
    trainingProposals: { perLevel: 50, most: 20, iou: 0.7 },
    testProposals: { perLevel: 50, most: 20, iou: 0.7 },
    ...options,
  });
}

/** The first images of a set, on a canvas of 64×64 pixels. */
export async function batchOf(set: DetectionSet, images: number): Promise<DetectionBatch> {
  const { annotations } = learnableImages(set.dataset), { mean, std } = set;
  const prepared = await Promise.all(
    Array.from(
      { length: images },
      async (_, image) =>
        prepareImage(await set.read(image), annotations[image], { fit: [64, 64], mean, std }),
    ),
  );
  return collateImages(prepared, { canvas: [64, 64], objects: 6 });
}
