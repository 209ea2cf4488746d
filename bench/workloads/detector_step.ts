/**
 * Time or memory of a training step of Mask R-CNN.
 *
 * @module
 */
import { disposeTree, mapTree } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { regionCrossEntropy } from "../../lib/detection/losses/region_cross_entropy.ts";
import type { DetectionBatch } from "../../lib/detection/mask_rcnn/batch.ts";
import { maskRcnn } from "../../lib/detection/mask_rcnn/mask_rcnn.ts";
import { detectorStep } from "../../lib/detection/mask_rcnn/training_step.ts";
import { engine } from "../../lib/engine/engine.ts";
import { resnetTrunk } from "../../lib/nn/resnet.ts";
import { sgd } from "../../lib/optim/sgd.ts";
import { median } from "../median.ts";
import { memoryStatus } from "./memory_status.ts";
import { secondsSince, type Workload } from "./workload.ts";

const IMAGES = 2, SIDE = 320, OBJECTS = 6, CLASSES = 90;
const RATE = 1e-5;

/**
 * Sets up a detector with ResNet-50 and a batch.
 *
 * @param options Whether seconds or bytes are measured, and the number of steps.
 * @returns The work; it measures the median time of the steps of a turn, or the peak memory of steps above what is
 * resident after loading the library.
 */
export async function detectorStepCost(
  { measured, steps }: { readonly measured: "time" | "memory"; readonly steps: number },
): Promise<Workload> {
  const { backend, version } = await engine({ memory: "lean" });
  const { resident } = await memoryStatus();
  const detector = maskRcnn({
    backbone: resnetTrunk({ depth: 50 }),
    loss: regionCrossEntropy(CLASSES),
  });
  const step = detectorStep(detector, { optimizer: sgd({ weightDecay: 1e-4 }) });
  const batch = madeUpBatch(), start = step.start(0);
  // With the last norm of every block at 0, features of a random network with fixed statistics stay finite.
  const params = mapTree(
    start.params,
    (x, path) => path.endsWith("bn3/weight") ? tf.zerosLike(x) : x,
  );
  let training = { ...start, params }, taken = 0;
  const once = async () => {
    const next = await step.run(training, batch, RATE, [0, taken++]);
    for (const tree of [...Object.values(training), next.losses]) disposeTree(tree);
    training = next.training;
  };
  if (measured === "time") await once();
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i < steps; i++) {
        const began = performance.now();
        await once();
        times.push(secondsSince(began));
      }
      const { peak } = await memoryStatus();
      const value = measured === "time" ? median(times) : peak - resident;
      return { value, framework: `${backend} ${version}` };
    },
    close: () => Promise.resolve(step.dispose()),
  };
}

/** Noise with rectangles of 60×80 pixels along a diagonal, as in bench/peers/detector_step.py. */
function madeUpBatch(): DetectionBatch {
  const places = Array.from(
    { length: IMAGES },
    (_, image) => Array.from({ length: OBJECTS }, (_, object) => 10 + 35 * object + 5 * image),
  );
  const inside = (at: number, from: number, length: number) => at >= from && at < from + length;
  const masks = places.flat().flatMap((from) =>
    Array.from(
      { length: SIDE * SIDE },
      (_, pixel) =>
        Number(inside(pixel % SIDE, from, 60) && inside(Math.floor(pixel / SIDE), from, 80)),
    )
  );
  return {
    images: tf.randomNormal([IMAGES, SIDE, SIDE, 3]),
    sizes: tf.fill([IMAGES, 2], SIDE),
    boxes: tf.tensor3d(
      places.map((image) => image.map((from) => [from, from, from + 60, from + 80])),
    ),
    labels: tf.tensor2d(
      places.map((image) => image.map((_, object) => object)),
      undefined,
      "int32",
    ),
    present: tf.ones([IMAGES, OBJECTS]),
    masks: tf.tensor(Uint8Array.from(masks), [IMAGES, OBJECTS, SIDE, SIDE], "bool") as tf.Tensor4D,
  };
}
