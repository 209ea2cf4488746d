/**
 * Time of operations of a detector.
 *
 * @module
 */
import { rng } from "../../lib/core/rng.ts";
import { disposeTree } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { nonMaxSuppression } from "../../lib/detection/boxes/nms.ts";
import { levelsOf, roiAlign } from "../../lib/detection/boxes/roi_align.ts";
import { engine } from "../../lib/engine/engine.ts";
import { traced } from "../../lib/engine/traced.ts";
import { median } from "../median.ts";
import { secondsSince, type Workload } from "./workload.ts";

const REGIONS = 1024, BOXES = 2048, SIDE = 320, CHANNELS = 256;
const STRIDES = [4, 8, 16, 32];
const REPEATS = 5;

/**
 * Sets up an operation on random maps, regions and boxes.
 *
 * @param options `roi-align`, `roi-align-gradient` or `nms`.
 * @returns The work; it measures the median time of a few repetitions.
 */
export async function detectionOperation(
  { operation }: { readonly operation: "roi-align" | "roi-align-gradient" | "nms" },
): Promise<Workload> {
  const { backend, version } = await engine();
  const maps = STRIDES.map((stride) =>
    tf.randomNormal([2, SIDE / stride, SIDE / stride, CHANNELS])
  );
  const boxes = randomBoxes(operation === "nms" ? BOXES : REGIONS);
  const image = tf.tensor1d(Array.from({ length: REGIONS }, (_, i) => i % 2), "int32");
  const align = (boxes: tf.Tensor2D, image: tf.Tensor1D) => (...maps: tf.Tensor[]) =>
    roiAlign(
      { maps: maps as tf.Tensor4D[], strides: STRIDES },
      { boxes, image, level: levelsOf(boxes, STRIDES.length) },
      { size: 7, aligned: false },
    );
  const functions = {
    "roi-align": (boxes: tf.Tensor2D, maps: tf.Tensor[]) => ({
      y: align(boxes, image)(...maps),
    }),
    "roi-align-gradient": (boxes: tf.Tensor2D, maps: tf.Tensor[]) => {
      const run = align(boxes, image);
      const { value, grads } = tf.valueAndGrads((...maps: tf.Tensor[]) =>
        run(...maps).square().sum()
      )(
        maps,
      );
      return { value, ...Object.fromEntries(grads.map((gradient, i) => [i, gradient])) };
    },
    "nms": (boxes: tf.Tensor2D) => {
      const scores = tf.range(BOXES, 0, -1) as tf.Tensor1D;
      return { ...nonMaxSuppression(boxes, scores, { iou: 0.7, most: BOXES }) };
    },
  };
  const run = traced(
    functions[operation] as (...x: [tf.Tensor2D, tf.Tensor[]]) => {
      [name: string]: tf.Tensor;
    },
  );
  const once = async () => disposeTree(await run(boxes, maps));
  await once();
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i < REPEATS; i++) {
        const began = performance.now();
        await once();
        times.push(secondsSince(began));
      }
      return { value: median(times), framework: `${backend} ${version}` };
    },
    close: () => Promise.resolve(run.dispose()),
  };
}

/** Boxes of 10 to 110 pixels. */
function randomBoxes(count: number): tf.Tensor2D {
  const random = rng(0);
  const corners = Array.from({ length: count }, () => {
    const [x, y] = [0, 1].map(() => 200 * random.uniform());
    const [width, height] = [0, 1].map(() => 10 + 100 * random.uniform());
    return [x, y, x + width, y + height];
  });
  return tf.tensor2d(corners);
}
