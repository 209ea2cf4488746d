/**
 * Convolution of images and its two gradients, which are convolutions themselves.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import { onEachDevice } from "../on_each_device.ts";
import { list, type Sides } from "../text.ts";
import type { Rule, Rules } from "../rule.ts";
import { constantOf, type Element, typeText, type Value } from "../value.ts";
import { type Pair, reachOf, windowsOf } from "./windows.ts";

/** What distinguishes one convolution from another. */
interface Shape {
  /** Roles of the axes, in StableHLO's notation. */
  readonly axes: string;
  readonly strides?: Pair;
  readonly padding: readonly [Sides, Sides];
  readonly imageDilation?: Pair;
  readonly filterDilation?: Pair;
  readonly featureGroups?: number;
  readonly batchGroups?: number;
}

const ONE: Pair = [1, 1];
const FORWARD = "[b, 0, 1, f]x[0, 1, i, o]->[b, 0, 1, f]";
/** The images' channels take the role of the batch and the other way round. */
const OF_FILTER = "[f, 0, 1, b]x[i, 0, 1, o]->[0, 1, b, f]";

/** Whether devices have to be told that each can convolve its own images: XLA would gather those of all for groups. */
function isForEach({ devices }: Builder, { shape: [images] }: Value, groups: number): boolean {
  return groups > 1 && devices > 1 && images % devices === 0;
}

/** Convolves images with a filter. */
function convolveImages(
  b: Builder,
  images: Value,
  filter: Value,
  shape: readonly number[],
  options: Shape & { readonly featureGroups: number },
): Value {
  if (!isForEach(b, images, options.featureGroups)) {
    return convolve(b, images, filter, shape, options);
  }
  return onEachDevice(
    b,
    [images],
    [filter],
    (own, filter) => convolve(b, own, filter, shape.with(0, own.shape[0]), options),
  );
}

function convolve(
  b: Builder,
  images: Value,
  filter: Value,
  shape: readonly number[],
  options: Shape,
): Value {
  const { bfloat16, tf32 } = b.arithmetic;
  // Sums are float32 in any case. With float32 results, XLA's compiler for NVIDIA's GPUs would drop the rounding of the
  // operands and convolve in float32.
  const element: Element = bfloat16 ? "bf16" : "f32", type = { shape, element };
  const [x, w] = [b.convert(images, element), b.convert(filter, element)];
  const { strides = ONE, padding, imageDilation = ONE, filterDilation = ONE } = options;
  const precision = `#stablehlo<precision ${tf32 ? "DEFAULT" : "HIGHEST"}>`;
  const result = b.emit(
    `stablehlo.convolution(${x.name}, ${w.name}) dim_numbers = ${options.axes}, ` +
      `window = {stride = ${list(strides)}, pad = [${padding.map(list).join(", ")}], ` +
      `lhs_dilate = ${list(imageDilation)}, rhs_dilate = ${list(filterDilation)}} ` +
      `{batch_group_count = ${options.batchGroups ?? 1} : i64, ` +
      `feature_group_count = ${options.featureGroups ?? 1} : i64, ` +
      `precision_config = [${precision}, ${precision}]} : ` +
      `(${typeText(x)}, ${typeText(w)}) -> ${typeText(type)}`,
    type,
  );
  return b.convert(result, "f32");
}

const forward: Rule = (b, call) => {
  const { inputs: [images, filter], outputs: [{ shape }] } = call;
  const [height, width, channels] = filter.shape;
  const { strides, dilations, padding } = windowsOf(call, images.shape, [height, width]);
  return convolveImages(b, images, filter, shape, {
    axes: FORWARD,
    strides,
    padding,
    filterDilation: dilations,
    featureGroups: images.shape[3] / channels,
  });
};

const inputGradient: Rule = (b, call) => {
  const { inputs: [size, filter, dy] } = call;
  const shape = constantOf(size, "the size of images");
  const [height, width, channels, filters] = filter.shape;
  const { strides, dilations, padding } = windowsOf(call, shape, [height, width]);
  const groups = shape[3] / channels;
  // The filter turned around, with the roles of channels and filters exchanged within every group.
  const turned = b.reverse(filter, [0, 1]);
  const exchanged = b.reshape(
    b.transpose(
      b.reshape(turned, [height, width, channels, groups, filters / groups]),
      [0, 1, 4, 3, 2],
    ),
    [height, width, filters / groups, groups * channels],
  );
  const sides = (axis: 0 | 1): Sides => {
    const reach = reachOf(filter.shape[axis], dilations[axis]);
    const spread = reachOf(dy.shape[axis + 1], strides[axis]);
    const before = reach - 1 - padding[axis][0];
    return [before, shape[axis + 1] + reach - 1 - spread - before];
  };
  return convolveImages(b, dy, exchanged, shape, {
    axes: FORWARD,
    padding: [sides(0), sides(1)],
    imageDilation: strides,
    filterDilation: dilations,
    featureGroups: groups,
  });
};

const filterGradient: Rule = (b, call) => {
  const { inputs: [images, size, dy] } = call;
  const shape = constantOf(size, "the size of a filter");
  const { strides, dilations, padding } = windowsOf(call, images.shape, [shape[0], shape[1]]);
  const sides = (axis: 0 | 1): Sides => {
    const needed = reachOf(dy.shape[axis + 1], strides[axis]) +
      (shape[axis] - 1) * dilations[axis];
    const [before] = padding[axis];
    return [before, needed - images.shape[axis + 1] - before];
  };
  const batchGroups = images.shape[3] / shape[2];
  const options = {
    axes: OF_FILTER,
    strides: dilations,
    padding: [sides(0), sides(1)],
    filterDilation: strides,
    batchGroups,
  } as const;
  if (!isForEach(b, images, batchGroups)) return convolve(b, images, dy, shape, options);
  const parts = onEachDevice(
    b,
    [images, dy],
    [],
    (images, dy) => b.reshape(convolve(b, images, dy, shape, options), [1, ...shape]),
  );
  return b.reduce("add", parts, [0], 0);
};

/** Convolution of images and its gradients. */
export const CONVOLUTIONS: Rules = {
  Conv2D: forward,
  Conv2DBackpropInput: inputGradient,
  Conv2DBackpropFilter: filterGradient,
};
