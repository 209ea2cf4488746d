/**
 * Predictions as lines of text.
 *
 * @module
 */
import { csv } from "../../deps/csv.ts";
import type { ImagePrediction } from "../../train/predict_images.ts";

/** Digits of a probability. */
const PROBABILITY_DIGITS = 6;
/** Digits by which a float32 number can be read back without loss. */
const FLOAT32_DIGITS = 9;

/** What stands in a line. */
export interface RowOptions {
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Number of most probable classes; there are never more than classes. */
  readonly topk: number;
  /** Whether the right class is told, where it is known. */
  readonly labelled: boolean;
  /** Whether the logit of each class is told. */
  readonly logits: boolean;
}

/** Turns predictions into text, the first line of which may tell what stands where. */
export interface RowWriter {
  /** What comes before all predictions. */
  readonly head: string;
  /** Lines, one for each prediction. */
  rows(predictions: readonly ImagePrediction[]): string;
}

/**
 * Writes predictions as CSV: `path`, `class`, `probability`, then `class2`, `probability2` and so on, `true_class`
 * where it is known of any image, and `logit:<class>` for each class where logits are told.
 *
 * @param options What stands in a line.
 * @returns The writer.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const options = { classNames: ["heron", "stork"], topk: 1, labelled: true, logits: false };
 * const { head, rows } = await csvRows(options);
 * const best = { class: "stork", probability: 0.75 };
 * const text = head + rows([{ path: "a, b.jpg", ...best, top: [best], trueClass: "heron" }]);
 * assertEquals(text, 'path,class,probability,true_class\r\n"a, b.jpg",stork,0.75,heron\r\n');
 * ```
 */
export async function csvRows(
  { classNames, topk, labelled, logits }: RowOptions,
): Promise<RowWriter> {
  const { stringify } = await csv();
  const ranks = Array.from({ length: Math.min(topk, classNames.length) }, (_, rank) => rank);
  const names = ranks.flatMap((rank) =>
    ["class", "probability"].map((name) => rank === 0 ? name : `${name}${rank + 1}`)
  );
  const head = [
    "path",
    ...names,
    ...(labelled ? ["true_class"] : []),
    ...(logits ? classNames.map((name) => `logit:${name}`) : []),
  ];
  const row = (prediction: ImagePrediction) => [
    prediction.path,
    ...ranks.flatMap((rank) => {
      const { class: name, probability } = prediction.top[rank];
      return [name, digits(probability, PROBABILITY_DIGITS)];
    }),
    ...(labelled ? [prediction.trueClass ?? ""] : []),
    ...(logits ? Array.from(prediction.logits!, (logit) => digits(logit, FLOAT32_DIGITS)) : []),
  ];
  return {
    head: stringify([head], { headers: false }),
    rows: (predictions) => stringify(predictions.map(row), { headers: false }),
  };
}

/**
 * Writes predictions as JSON, an object in each line.
 *
 * @returns The writer.
 */
export function jsonRows(): RowWriter {
  const line = ({ probability, top, logits, ...rest }: ImagePrediction) => {
    const rounded = (value: number) => digits(value, PROBABILITY_DIGITS);
    return JSON.stringify({
      ...rest,
      probability: rounded(probability),
      top: top.map((each) => ({ ...each, probability: rounded(each.probability) })),
      ...(logits ? { logits: Array.from(logits, (logit) => digits(logit, FLOAT32_DIGITS)) } : {}),
    });
  };
  return { head: "", rows: (predictions) => predictions.map((each) => line(each) + "\n").join("") };
}

function digits(value: number, count: number): number {
  return Number(value.toPrecision(count));
}
