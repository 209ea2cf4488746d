/**
 * Table printed by `--profile`.
 *
 * @module
 */
import type { OperationProfile } from "../../engine/profile.ts";
import { columns } from "./columns.ts";

/** Maximum number of rows; the operations below take negligible time. */
const MAX_ROWS = 40;

/**
 * Formats a profile, one line for each operation, data type and shape.
 *
 * @param rows Operations, slowest first.
 * @returns A line with the totals, then a table.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const add = { operation: "AddV2", dtype: "float32", shape: [2, 3], calls: 4, milliseconds: 1.5, share: 1 };
 * assertEquals(profileTable([add]), [
 *   "1.5 ms in 4 operations; those that run side by side count both",
 *   "operation  dtype    shape  calls    ms    share",
 *   "AddV2      float32  [2,3]      4  1.50  100.0 %",
 * ].join("\n"));
 * ```
 */
export function profileTable(rows: readonly OperationProfile[]): string {
  const sum = (pick: (row: OperationProfile) => number) =>
    rows.reduce((total, row) => total + pick(row), 0);
  const table = columns([
    ["operation", "dtype", "shape", "calls", "ms", "share"],
    ...rows.slice(0, MAX_ROWS).map(({ operation, dtype, shape, calls, milliseconds, share }) => [
      operation,
      dtype,
      `[${shape}]`,
      String(calls),
      milliseconds.toFixed(2),
      `${(100 * share).toFixed(1)} %`,
    ]),
  ], { left: 3 });
  const left = rows.length - MAX_ROWS;
  return [
    `${sum((row) => row.milliseconds).toFixed(1)} ms in ${sum((row) => row.calls)} operations; ` +
    "those that run side by side count both",
    table,
    ...(left > 0 ? [`and ${left} more`] : []),
  ].join("\n");
}
