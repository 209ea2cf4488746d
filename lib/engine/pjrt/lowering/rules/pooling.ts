/**
 * Pooling of images and its gradients.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import { region, type Sides, type Window, windowText } from "../text.ts";
import { type Call, numbers, type Rule, type Rules } from "../rule.ts";
import { bare, constantOf, type Type, typeText, type Value } from "../value.ts";
import { windowsOf } from "./windows.ts";

const NONE: Sides = [0, 0];

function windowOf(call: Call, images: readonly number[]): Window {
  const [, height, width] = numbers(call, "ksize", []);
  const { strides: [down, right], padding } = windowsOf(call, images, [height, width]);
  return {
    size: [1, height, width, 1],
    strides: [1, down, right, 1],
    padding: [NONE, ...padding, NONE],
  };
}

/** Number of pixels in each window, without padding. */
function counts(b: Builder, images: Type, window: Window): Value {
  const [, height, width] = images.shape;
  const ones = b.like(1, { shape: [1, height, width, 1], element: "f32" });
  return b.reduceWindow("add", ones, window, 0);
}

const average: Rule = (b, call) => {
  const [x] = call.inputs, window = windowOf(call, x.shape);
  const sum = b.reduceWindow("add", x, window, 0);
  return b.binary("divide", sum, b.broadcast(counts(b, x, window), sum.shape));
};

/** Spreads every gradient over its window, as a sum over windows of the gradients set apart by the strides. */
const averageGradient: Rule = (b, call) => {
  const [size, dy] = call.inputs, shape = constantOf(size, "the size of images");
  const window = windowOf(call, shape), images = { shape, element: "f32" } as const;
  const mean = b.binary("divide", dy, b.broadcast(counts(b, images, window), dy.shape));
  const zero = b.scalar(0, "f32");
  const sides = shape.map((length, axis): Sides => {
    const reach = window.size[axis], [before] = window.padding[axis];
    const spread = (dy.shape[axis] - 1) * window.strides[axis] + 1;
    return [reach - 1 - before, length + before - spread];
  });
  const spread = b.pad(mean, sides, zero, window.strides.map((stride) => stride - 1));
  const each = shape.map(() => 1);
  return b.reduceWindow(
    "add",
    spread,
    { ...window, strides: each, padding: shape.map(() => NONE) },
    0,
  );
};

const maximum: Rule = (b, call) => {
  const [x] = call.inputs;
  return b.reduceWindow("maximum", x, windowOf(call, x.shape), -Infinity);
};

/** Passes every gradient to the greatest pixel of its window; of equal ones, the plugin chooses. */
const maximumGradient: Rule = (b, call) => {
  const [x, , dy] = call.inputs, zero = b.scalar(0, "f32");
  const bit = { shape: [], element: "i1" } as const;
  const number = "tensor<f32>", pair = `(${number}, ${number}) -> tensor<i1>`;
  const choose = region(zero, `stablehlo.compare GE, %a, %b, FLOAT : ${pair}`, bit);
  return b.emit(
    `"stablehlo.select_and_scatter"(${x.name}, ${dy.name}, ${zero.name}) ` +
      `<{${windowText(windowOf(call, x.shape))}}> ` +
      `({${choose}}, {${region(zero, `stablehlo.add %a, %b : ${number}`)}}) : ` +
      `(${typeText(x)}, ${typeText(dy)}, ${number}) -> ${typeText(x)}`,
    bare(x),
  );
};

/** Pooling of images. */
export const POOLING: Rules = {
  AvgPool: average,
  AvgPoolGrad: averageGradient,
  MaxPool: maximum,
  MaxPoolGrad: maximumGradient,
};
