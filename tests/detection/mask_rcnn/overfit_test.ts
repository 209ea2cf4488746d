/**
 * Mask R-CNN learns a few scenes by heart, which shows that all of its parts learn.
 *
 * @module
 */
import { assert } from "@std/assert";
import { disposeTree } from "../../../lib/core/tree.ts";
import type { tf } from "../../../lib/deps/tfjs.ts";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { collateImages } from "../../../lib/detection/data/collate.ts";
import { learnableImages } from "../../../lib/detection/data/learnable.ts";
import { prepareImage } from "../../../lib/detection/data/prepared.ts";
import { regionCrossEntropy } from "../../../lib/detection/losses/region_cross_entropy.ts";
import { lvisAp } from "../../../lib/detection/lvis/lvis_ap.ts";
import { maskRcnn } from "../../../lib/detection/mask_rcnn/mask_rcnn.ts";
import { resultsOf } from "../../../lib/detection/mask_rcnn/results_of.ts";
import { detectorStep } from "../../../lib/detection/mask_rcnn/training_step.ts";
import { engine } from "../../../lib/engine/engine.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { resnetTrunk } from "../../../lib/nn/resnet.ts";
import { sgd } from "../../../lib/optim/sgd.ts";
import { longTest } from "../../long.ts";

const STEPS = 300, IMAGES = 8, SIDE = 128;

longTest("eight scenes learnt by heart are found with a mask AP50 above 0.9", async () => {
  await engine();
  const { test } = builtinScenes({ max: 12, imbalance: 4, testImages: 2, side: SIDE });
  const { mean, std } = test;
  const dataset = {
    ...test.dataset,
    images: test.dataset.images.slice(0, IMAGES),
    annotations: test.dataset.annotations.filter(({ image }) => image < IMAGES),
  };
  const { images, annotations } = learnableImages(dataset);
  const prepared = await Promise.all(
    images.map(async (image) =>
      prepareImage(await test.read(image), annotations[image], { fit: [SIDE, SIDE], mean, std })
    ),
  );
  const batch = collateImages(prepared, { canvas: [SIDE, SIDE], objects: 8 });
  const proposals = { perLevel: 300, most: 100, iou: 0.7 };
  const detector = maskRcnn({
    backbone: resnetTrunk({ depth: 18, width: 0.25 }),
    loss: regionCrossEntropy(dataset.categories.length),
    channels: 32,
    hidden: 64,
    frozenStages: -1,
    fixedStatistics: false,
    anchors: { scale: 4 },
    rpnSample: { count: 128, positive: 64 },
    boxSample: { count: 64, positive: 32 },
    trainingProposals: proposals,
    testProposals: proposals,
  });
  const step = detectorStep(detector, { optimizer: sgd({ weightDecay: 1e-4 }), clipNorm: 10 });
  let training = step.start(0);
  for (let i = 0; i < STEPS; i++) {
    const rate = 0.02 * Math.min(1, (i + 1) / 50) * (i > 0.8 * STEPS ? 0.1 : 1);
    const next = await step.run(training, batch, rate, [0, i]);
    for (const tree of [...Object.values(training), next.losses]) disposeTree(tree);
    training = next.training;
  }
  const { params, state } = training;
  const detect = traced((images: tf.Tensor4D, sizes: tf.Tensor2D) =>
    detector.detect(params, state, { images, sizes }, { most: 50 })
  );
  const found = await detect(batch.images, batch.sizes);
  const shown = images.map((image) => ({ ...dataset.images[image], scale: [1, 1] as const }));
  const results = await resultsOf(found, shown, dataset.categories.map(({ id }) => id));
  const { ap50 } = lvisAp(dataset, results, { of: "masks" });
  assert(ap50! > 0.9, `Expected a mask AP50 above 0.9 but found ${ap50}`);
  for (const tree of [...Object.values(training), found, batch]) disposeTree(tree);
  detect.dispose();
  step.dispose();
});
