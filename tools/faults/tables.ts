/**
 * Tables of docs/faults.md.
 *
 * @module
 */
import type { FaultRow } from "../../tests/faults/record.ts";
import { SUBJECTS } from "../../tests/faults/subjects.ts";
import type { FuzzRow } from "../../tests/fuzz/record.ts";
import { code, markdownTable } from "../markdown.ts";

/** What was injected: the faults of a row of the table, and their name in it. */
const KINDS: readonly { readonly name: string; is(row: FaultRow): boolean }[] = [
  { name: "killed at random moments", is: (row) => isKill(row) && row.when === "random moments" },
  { name: "killed at every write", is: (row) => isKill(row) && row.when === "every write" },
  { name: "disk full, read-only, folder removed, at every write", is: (row) => !isKill(row) },
];

/**
 * Describes what injected faults have shown.
 *
 * @param rows Rows of data/results/faults.csv.
 * @returns Lines of Markdown.
 */
export function faultLines(rows: readonly FaultRow[]): string[] {
  const subjects = [...new Set(rows.map(({ subject }) => subject))];
  const lines = subjects.flatMap((subject) =>
    KINDS.map(({ name, is }) => {
      const some = rows.filter((row) => row.subject === subject && is(row));
      const total = (what: "injected" | "midway" | "refused" | "problems") =>
        count(some.reduce((sum, row) => sum + row[what], 0));
      const midway = some.some(isKill) ? total("midway") : "";
      const { about } = SUBJECTS[subject];
      return [about, name, total("injected"), midway, total("refused"), total("problems")];
    })
  );
  const command = code("deno task faults --kills 1000");
  return [
    ...markdownTable(
      ["written", "fault", "times", "within a file", "asked to repeat", "lost or damaged"],
      lines,
      "right",
    ),
    "",
    `${machines(rows)}; ${command}.`,
  ];
}

function isKill({ fault }: FaultRow): boolean {
  return fault === "kill -9";
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
