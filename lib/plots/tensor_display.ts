/**
 * Display of tensors: data type and shape, values, and images where the shape allows.
 *
 * @module
 */
import { encodePng } from "../deps/png_encoder.ts";
import { tf } from "../deps/tfjs.ts";
import { JUPYTER, TERMINAL } from "./display.ts";
import { escaped } from "./draw.ts";
import { pngDataUrl } from "./png_data_url.ts";

/** Axes longer than this are abbreviated in the middle. */
const ENTRIES = 8;

/** Maximum number of images to display of a batch. */
const IMAGES = 8;

/**
 * Range of side lengths of a displayed image, inclusive: smaller tensors are easier to read as numbers, larger ones are
 * rarely images.
 */
const SIDES = { min: 12, max: 1024 };

/** Display width of an image in CSS pixels. */
const WIDTH = 96;

/**
 * Formats a tensor as text, reading its values asynchronously.
 *
 * @param tensor Any tensor; the caller disposes of it.
 * @returns Data type and shape, and on the next lines the values, with long axes abbreviated in the middle.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals(await tensorText(tf.tensor2d([[1, 2], [3, 4.5]])), "float32 [2,2]\n[[1, 2],\n [3, 4.5]]");
 * ```
 */
export async function tensorText(tensor: tf.Tensor): Promise<string> {
  if (tensor.isDisposed) return kindOf(tensor);
  return `${kindOf(tensor)}\n${nested(await valuesOf(tensor), tensor.shape)}`;
}

/**
 * Returns the representations of a tensor in a notebook: {@linkcode tensorText}, and images for shapes `[height, width,
 * channels]` and `[batch, height, width, channels]` with one or three channels.
 *
 * @param tensor Any tensor; the caller disposes of it.
 * @returns Representations keyed by MIME type.
 */
export async function shownTensor(tensor: tf.Tensor): Promise<Record<string, string>> {
  const text = await tensorText(tensor);
  const pictures = tensor.isDisposed ? "" : await picturesOf(tensor);
  return { "text/html": `<pre>${escaped(text)}</pre>${pictures}`, "text/plain": text };
}

/** Adds display methods to TensorFlow.js tensors, which otherwise display as their internal fields. */
export function teachTensors(): void {
  Object.defineProperties(tf.Tensor.prototype, {
    [JUPYTER]: {
      value(this: tf.Tensor) {
        return shownTensor(this);
      },
      configurable: true,
    },
    // Inspection is synchronous, so nested and printed tensors omit their values.
    [TERMINAL]: {
      value(this: tf.Tensor) {
        return `Tensor ${kindOf(this)}`;
      },
      configurable: true,
    },
  });
}

function kindOf({ dtype, shape, isDisposed }: tf.Tensor): string {
  return `${dtype} [${shape}]${isDisposed ? ", disposed" : ""}`;
}

async function valuesOf(tensor: tf.Tensor): Promise<ArrayLike<unknown>> {
  return await tensor.data() as ArrayLike<unknown>;
}

/** Formats the values of a subtensor starting at an offset. */
function nested(
  values: ArrayLike<unknown>,
  shape: readonly number[],
  offset = 0,
  indent = "",
): string {
  if (shape.length === 0) return valueText(values[offset]);
  const [length, ...rest] = shape;
  const size = rest.reduce((product, extent) => product * extent, 1);
  const kept = length <= ENTRIES
    ? Array.from({ length }, (_, i) => i)
    : [0, 1, 2, -1, length - 3, length - 2, length - 1];
  const parts = kept.map((i) =>
    i < 0 ? "…" : nested(values, rest, offset + i * size, indent + " ")
  );
  const between = rest.length === 0 ? ", " : `,${"\n".repeat(rest.length)}${indent} `;
  return `[${parts.join(between)}]`;
}

function valueText(value: unknown): string {
  if (typeof value !== "number") return JSON.stringify(value);
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(5)));
}

/** Renders images as HTML, with values scaled linearly from the minimum (black) to the maximum (white). */
async function picturesOf(tensor: tf.Tensor): Promise<string> {
  const shape = tensor.rank === 3 ? [1, ...tensor.shape] : tensor.shape;
  const [images, height, width, channels] = shape;
  const fits = (side: number) => side >= SIDES.min && side <= SIDES.max;
  const isImage = shape.length === 4 && images > 0 && fits(height) && fits(width) &&
    (channels === 1 || channels === 3);
  if (!isImage || tensor.dtype === "string" || tensor.dtype === "complex64") return "";
  const values = await valuesOf(tensor) as ArrayLike<number>;
  const size = height * width * channels;
  const shown = Math.min(images, IMAGES);
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < shown * size; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  const parts: string[] = [];
  for (let image = 0; image < shown; image++) {
    const data = new Uint8Array(height * width * 4).fill(255);
    for (let index = 0; index < height * width; index++) {
      for (let c = 0; c < 3; c++) {
        const value = values[image * size + index * channels + Math.min(c, channels - 1)];
        data[index * 4 + c] = Math.round(255 * (value - low) / (high - low || 1));
      }
    }
    const address = pngDataUrl(await encodePng({ width, height, data }));
    parts.push(
      `<img src="${address}" width="${WIDTH}" alt="image ${image}" ` +
        `style="display:inline-block;margin:2px;image-rendering:pixelated">`,
    );
  }
  const range = `${valueText(low)} is black, ${valueText(high)} white` +
    (images > shown ? `; the first ${shown} of ${images}` : "");
  return `<div>${parts.join("")}</div><div>${range}</div>`;
}
