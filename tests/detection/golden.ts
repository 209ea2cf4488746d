/**
 * Inputs of tests/golden/make_detection.py.
 *
 * @module
 */
import { type Params, unflatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { fromTorchvisionDetector } from "../../lib/detection/network/torchvision.ts";
import { formula, formulaTensor, type Stored } from "../nn/formula.ts";
import numbers from "../golden/detection.json" with { type: "json" };

/** Torchvision's numbers. */
export const golden = numbers;

/** Boxes in and around an area of this extent, as corners. */
export function corners(name: string, count: number, extent: number, least = 0.5): tf.Tensor2D {
  const numbers = formula(name, 4 * count), boxes: number[] = [];
  for (let box = 0; box < count; box++) {
    const [x, y, width, height] = Float32Array.from(numbers.subarray(4 * box, 4 * box + 4));
    const [centreX, centreY] = [x, y].map((value) => (value + 1) / 2 * extent);
    const [halfX, halfY] = [width, height].map((value) => least / 2 + (value + 1) / 4 * extent);
    boxes.push(centreX - halfX, centreY - halfY, centreX + halfX, centreY + halfY);
  }
  return tf.tensor2d(boxes, [count, 4]);
}

/** Parameters of a part, filled by torchvision's names. */
export function filledPart(
  names: Readonly<Record<string, readonly number[]>>,
  part: string,
  size?: number,
): Params {
  const named = Object.entries(names).map(([name, shape]) => {
    const fan = shape.length > 1 ? shape.slice(1).reduce((a, b) => a * b, 1) : 30;
    return [name, formulaTensor(name, [...shape], Math.sqrt(3 / fan))] as const;
  });
  const paths = fromTorchvisionDetector(new Map(named), size);
  return unflatten(paths)[part] as Params;
}

/** A stored tensor of the golden file. */
export function stored(value: { shape: number[] }): Stored {
  return value as Stored;
}
