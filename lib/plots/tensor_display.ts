/**
 * How a tensor shows itself: its kind, its numbers, and itself as a picture where it may be one.
 *
 * @module
 */
import { encodePng } from "../deps/png_encoder.ts";
import { tf } from "../deps/tfjs.ts";
import { JUPYTER, TERMINAL } from "./display.ts";
import { escaped } from "./draw.ts";
import { pngAddress } from "./png_address.ts";

/** More entries of an axis than this are left out in the middle. */
const ENTRIES = 8;

/** Images of a batch that are shown. */
const IMAGES = 8;

/** Sides that an image has; what is smaller is easier read as numbers, what is larger is hardly one. */
const SIDES = { least: 12, most: 1024 };

/** Width of an image on the screen, in CSS pixels. */
const WIDTH = 96;

/**
 * A tensor as text, its numbers fetched without holding up what else runs.
 *
 * @param tensor Any tensor; it stays the caller's.
 * @returns Its type and shape, and in the next lines its numbers, the middle of long axes left out.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "../engine/engine.ts";
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
 * What a notebook shows of a tensor: {@linkcode tensorText}, and pictures of what has the shape of an image,
 * `[height, width, channels]`, or of a batch of them, with one channel or three.
 *
 * @param tensor Any tensor; it stays the caller's.
 * @returns Texts by their type.
 */
export async function shownTensor(tensor: tf.Tensor): Promise<Record<string, string>> {
  const text = await tensorText(tensor);
  const pictures = tensor.isDisposed ? "" : await picturesOf(tensor);
  return { "text/html": `<pre>${escaped(text)}</pre>${pictures}`, "text/plain": text };
}

/** Teaches the tensors of this project's TensorFlow.js to show themselves; without it they show their fields. */
export function teachTensors(): void {
  Object.defineProperties(tf.Tensor.prototype, {
    [JUPYTER]: {
      value(this: tf.Tensor) {
        return shownTensor(this);
      },
      configurable: true,
    },
    // Within other values, and at a terminal, which does not wait: without the numbers.
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

/** The numbers of a part of a tensor that begins at an offset. */
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

/** Images as HTML, stretched from their lowest value, black, to their highest. */
async function picturesOf(tensor: tf.Tensor): Promise<string> {
  const shape = tensor.rank === 3 ? [1, ...tensor.shape] : tensor.shape;
  const [images, height, width, channels] = shape;
  const fits = (side: number) => side >= SIDES.least && side <= SIDES.most;
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
    for (let place = 0; place < height * width; place++) {
      for (let c = 0; c < 3; c++) {
        const value = values[image * size + place * channels + Math.min(c, channels - 1)];
        data[place * 4 + c] = Math.round(255 * (value - low) / (high - low || 1));
      }
    }
    const address = pngAddress(await encodePng({ width, height, data }));
    parts.push(
      `<img src="${address}" width="${WIDTH}" alt="image ${image}" ` +
        `style="display:inline-block;margin:2px;image-rendering:pixelated">`,
    );
  }
  const range = `${valueText(low)} is black, ${valueText(high)} white` +
    (images > shown ? `; the first ${shown} of ${images}` : "");
  return `<div>${parts.join("")}</div><div>${range}</div>`;
}
