/**
 * Predictions as CSV or JSON lines.
 *
 * @module
 */
import { spreadsheetName, spreadsheetPath } from "../../core/spreadsheet_cell.ts";
import { csv } from "../../deps/csv.ts";
import type { ImagePrediction } from "../../runs/predict_images.ts";

/** Significant digits of a probability. */
const PROBABILITY_DIGITS = 6;
/** Significant digits that represent every float32 number without loss. */
const FLOAT32_DIGITS = 9;

/** Columns of a row. */
export interface RowOptions {
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Number of most probable classes, at most that of all classes. */
  readonly topk: number;
  /** Whether a column holds the true class, where it is known. */
  readonly labelled: boolean;
  /** Whether the logit of each class is included. */
  readonly logits: boolean;
}

/** Serialises predictions, with or without a header line. */
export interface RowWriter {
  /** Text before all predictions: the header line, or nothing. */
  readonly head: string;
  /** Serialises predictions, one line each. */
  rows(predictions: readonly ImagePrediction[]): string;
}

/**
 * Serialises predictions as CSV: `path`, `class`, `probability`, then `class2`, `probability2` and so on, `true_class`
 * if it is known of any image, and `logit:<class>` for each class if logits are included.
 *
 * Names that a spreadsheet would take for formulas are made safe.
 *
 * @param options Columns of a row.
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
    spreadsheetPath(prediction.path),
    ...ranks.flatMap((rank) => {
      const { class: name, probability } = prediction.top[rank];
      return [spreadsheetName(name), digits(probability, PROBABILITY_DIGITS)];
    }),
    ...(labelled ? [spreadsheetName(prediction.trueClass ?? "")] : []),
    ...(logits ? Array.from(prediction.logits!, (logit) => digits(logit, FLOAT32_DIGITS)) : []),
  ];
  return {
    head: stringify([head], { headers: false }),
    rows: (predictions) => stringify(predictions.map(row), { headers: false }),
  };
}

/**
 * Serialises predictions as JSON lines, one object each.
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
