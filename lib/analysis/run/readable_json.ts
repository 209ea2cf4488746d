/**
 * JSON formatted for human readers.
 *
 * @module
 */

/** Significant digits of non-integer numbers. */
const DIGITS = 6;

/**
 * Serialises a value as indented JSON with lists of primitives on a single line and non-integer numbers rounded to
 * six significant digits. Typed arrays become lists.
 *
 * @param value Any JSON-serialisable value; it may contain typed arrays.
 * @returns The text, ending with a newline.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const text = readableJson({ name: "ce", mean: Float32Array.of(0.1, 2), rows: [[1, 2], [3, null]] });
 * assertEquals(text, `{
 *   "name": "ce",
 *   "mean": [0.1, 2],
 *   "rows": [
 *     [1, 2],
 *     [3, null]
 *   ]
 * }
 * `);
 * ```
 */
export function readableJson(value: unknown): string {
  return `${written(plain(value), "")}\n`;
}

/** Converts a value to plain JSON data. */
function plain(value: unknown): unknown {
  // The round trip applies JSON.stringify's conversions: dates become strings, undefined is omitted.
  return JSON.parse(JSON.stringify(value, (_, inner) => {
    if (ArrayBuffer.isView(inner)) return Array.from(inner as Float64Array, rounded);
    return typeof inner === "number" ? rounded(inner) : inner;
  }));
}

function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS));
}

function written(value: unknown, indent: string): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inside = `${indent}  `;
  if (Array.isArray(value)) {
    const flat = value.every((entry) => entry === null || typeof entry !== "object");
    if (flat) return `[${value.map((entry) => JSON.stringify(entry)).join(", ")}]`;
    const lines = value.map((entry) => inside + written(entry, inside));
    return `[\n${lines.join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  const lines = entries.map(([name, entry]) =>
    `${inside}${JSON.stringify(name)}: ${written(entry, inside)}`
  );
  return `{\n${lines.join(",\n")}\n${indent}}`;
}
