/**
 * Tables of docs/faults.md.
 *
 * @module
 */
import type { FaultRow } from "../../tests/faults/record.ts";
import { SUBJECTS } from "../../tests/faults/subjects.ts";
import type { FuzzRow } from "../../tests/fuzz/record.ts";
import { code, markdownTable } from "../markdown.ts";

/**
 * Describes what injected faults have shown, a row for each subject and one for all.
 *
 * @param rows Rows of data/results/faults.csv.
 * @returns Lines of Markdown.
 */
export function faultLines(rows: readonly FaultRow[]): string[] {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const lines = subjects.map((subject) => [
    SUBJECTS[subject].about,
    ...totals(rows.filter((row) => row.subject === subject)),
  ]);
  const command = code("deno task faults --kills 1000");
  return [
    ...markdownTable(
      [
        ...["written", "killed at random moments", "killed at every write", "within a file"],
        ...["failed writes", "asked to repeat", "lost or damaged"],
      ],
      [...lines, ["all", ...totals(rows)]],
      "right",
    ),
    "",
    `${machines(rows)}; ${command}.`,
  ];
}

function totals(rows: readonly FaultRow[]): string[] {
  const total = (what: (row: FaultRow) => number) =>
    count(rows.reduce((sum, row) => sum + what(row), 0));
  const isKill = ({ fault }: FaultRow) => fault === "kill -9";
  const isRandom = ({ when }: FaultRow) => when === "random moments";
  return [
    total((row) => isKill(row) && isRandom(row) ? row.injected : 0),
    total((row) => isKill(row) && !isRandom(row) ? row.injected : 0),
    total((row) => row.midway),
    total((row) => isKill(row) ? 0 : row.injected),
    total((row) => row.refused),
    total((row) => row.problems),
  ];
}

/**
 * Describes what fuzzing has shown.
 *
 * @param rows Rows of data/results/fuzz.csv.
 * @returns Lines of Markdown.
 */
export function fuzzLines(rows: readonly FuzzRow[]): string[] {
  const sorted = rows.toSorted((a, b) => b.inputs - a.inputs);
  const command = code("deno task fuzz --record --inputs 1000000");
  return [
    ...markdownTable(
      ["reader", "inputs", "read without an error", "crashes", "slowest, ms", "memory, MB"],
      sorted.map(({ reader, inputs, accepted, slowest, memory, problem }) => [
        reader,
        count(inputs),
        count(accepted),
        problem === "" ? "0" : "1",
        slowest.toFixed(1),
        (memory / 1e6).toFixed(0),
      ]),
      "right",
    ),
    "",
    `${machines(rows)}; ${command}, as far as it has come.`,
  ];
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function machines(rows: readonly { readonly machine: string }[]): string {
  return `Measured on ${[...new Set(rows.map(({ machine }) => machine))].join("; ")}`;
}
