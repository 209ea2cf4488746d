/**
 * Resizing of images.
 *
 * @module
 */
import { EngineError } from "../../../../core/errors.ts";
import { flag, type Rule, type Rules } from "../rule.ts";

/** Repeats every pixel, as the operation does when height and width are multiplied by whole numbers. */
const repeated: Rule = (b, call) => {
  const { inputs: [x], outputs: [{ shape }] } = call, [images, height, width, channels] = x.shape;
  const [down, across] = [shape[1] / height, shape[2] / width];
  const isRepeated = Number.isInteger(down) && Number.isInteger(across);
  if (!isRepeated || flag(call, "align_corners") || flag(call, "half_pixel_centers")) {
    throw new EngineError(
      `Expected images resized by whole numbers but found [${x.shape}] resized to [${shape}]`,
    );
  }
  const apart = [images, height, down, width, across, channels];
  return b.reshape(b.broadcast(x, apart, [0, 1, 3, 5]), shape);
};

/** Resizing of images. */
export const RESIZING: Rules = { ResizeNearestNeighbor: repeated };
