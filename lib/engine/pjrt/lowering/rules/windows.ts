/**
 * Arithmetic of windows over height and width, shared by convolutions and pooling.
 *
 * @module
 */
import type { Sides } from "../text.ts";
import { type Call, numbers } from "../rule.ts";

/** Height and width. */
export type Pair = readonly [height: number, width: number];

/** Padding, strides and dilations of an operation on images `[batch, height, width, channels]`. */
export interface Windows {
  /** Step between windows. */
  readonly strides: Pair;
  /** Spacing within a window. */
  readonly dilations: Pair;
  /** Padding of the images. */
  readonly padding: readonly [Sides, Sides];
}

/**
 * Reads the attributes of an operation on images.
 *
 * @param call The operation.
 * @param images Shape of the images.
 * @param window Height and width of the window.
 * @returns Strides, dilations and padding.
 * @throws {RangeError} If the channels are not the last axis.
 */
export function windowsOf(call: Call, images: readonly number[], window: Pair): Windows {
  if ((call.attributes.get("data_format") ?? "NHWC") !== "NHWC") {
    throw new RangeError(
      "Expected images [batch, height, width, channels] but found another order",
    );
  }
  const [, down, right] = numbers(call, "strides", [1, 1, 1, 1]);
  const [, tall, wide] = numbers(call, "dilations", [1, 1, 1, 1]);
  const strides = [down, right] as const, dilations = [tall, wide] as const;
  const sides = (axis: 0 | 1): Sides => {
    const mode = call.attributes.get("padding");
    if (mode === "EXPLICIT") {
      const given = numbers(call, "explicit_paddings", []);
      return [given[2 * axis + 2], given[2 * axis + 3]];
    }
    if (mode === "VALID") return [0, 0];
    const length = images[axis + 1], reach = reachOf(window[axis], dilations[axis]);
    const count = Math.ceil(length / strides[axis]);
    const total = Math.max(0, (count - 1) * strides[axis] + reach - length);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  };
  return { strides, dilations, padding: [sides(0), sides(1)] };
}

/** Returns the length that a window with spacing covers. */
export function reachOf(window: number, dilation: number): number {
  return (window - 1) * dilation + 1;
}
