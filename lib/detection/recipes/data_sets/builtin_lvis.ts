/**
 * The built-in scenes, as a data set of recipes.
 *
 * @module
 */
import { builtinScenes } from "../../data/builtin_scenes.ts";
import type { DetectionDataSet } from "./detection_data_set.ts";

const SIDE = 128;
const PROPOSALS = { perLevel: 200, most: 100, iou: 0.7 };

/** Generated scenes, which need no folder: a small detector, all of whose layers are trained. */
export const builtinLvis: DetectionDataSet = {
  name: "builtin-lvis",
  pretrained: false,
  memory: "fast",
  backbone: { depth: 18, width: 0.25 },
  detector: {
    channels: 32,
    hidden: 128,
    frozenStages: -1,
    fixedStatistics: false,
    anchors: { scale: 4 },
    rpnSample: { count: 128, positive: 64 },
    boxSample: { count: 64, positive: 16 },
    trainingProposals: PROPOSALS,
    testProposals: PROPOSALS,
  },
  fits: [[SIDE, SIDE]],
  fit: [SIDE, SIDE],
  objects: 8,
  detections: 50,
  // Classes of up to 100 of the 400 images are rare or common.
  threshold: 0.26,
  iterations: 1500,
  batch: 4,
  rate: 0.08,
  warmup: 50,
  clipNorm: 10,
  load: ({ seed }) => Promise.resolve({ ...builtinScenes({ seed, side: SIDE }), provenance: {} }),
  loadTest: ({ seed }) => Promise.resolve(builtinScenes({ seed, side: SIDE }).test),
};
