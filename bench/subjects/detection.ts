/**
 * Benchmark of detection.
 *
 * @module
 */
import { type Case, peer, type Subject, work } from "../subject.ts";

const OPERATIONS = {
  "RoIAlign, 1,024 regions": "roi-align",
  "RoIAlign with its gradient": "roi-align-gradient",
  "NMS, 2,048 boxes": "nms",
};
/** Number of steps after which memory has reached its peak. */
const PEAK_STEPS = 3;

const torchvision = { name: "torchvision" };

/** Operations of a detector, and a training step of Mask R-CNN with ResNet-50, compared with torchvision. */
export const detectionSubject: Subject = {
  name: "detection",
  about: "RoIAlign, NMS, and a training step of Mask R-CNN on 2 images of 320×320 with 91 classes",
  cases: () => [
    ...Object.entries(OPERATIONS).map(([name, operation]): Case => ({
      name,
      unit: "s",
      ours: work("detection_operation", { operation }),
      peers: [peer("detection_operation", { operation }, torchvision)],
      target: 1,
    })),
    {
      name: "training step",
      unit: "s",
      ours: work("detector_step", { measured: "time", steps: 2 }),
      peers: [peer("detector_step", { measured: "time", steps: 2 }, torchvision)],
      target: 1,
      mostRounds: 3,
    },
    {
      name: "training step, peak",
      unit: "B",
      ours: work("detector_step", { measured: "memory", steps: PEAK_STEPS }, { fresh: true }),
      peers: [
        peer("detector_step", { measured: "memory", steps: PEAK_STEPS }, {
          ...torchvision,
          fresh: true,
        }),
      ],
      target: 1,
      mostRounds: 2,
    },
  ],
};
