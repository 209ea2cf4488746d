/**
 * Tables of docs/faults.md.
 *
 * @module
 */
import type { FaultRow } from "../../tests/faults/record.ts";
import { SUBJECTS } from "../../tests/faults/subjects.ts";
import type { FuzzRow } from "../../tests/fuzz/record.ts";
import { code, markdownTable } from "../markdown.ts";

/** What the faults are called in the table. */
const FAULTS: Readonly<Record<string, string>> = {
  "kill -9": "killed by `kill -9`",
  "no space": "disk full",
  "read-only": "disk read-only",
  removed: "folder removed",
};

/**
 * Describes what injected faults have shown.
 *
 * @param rows Rows of data/results/faults.csv.
 * @returns Lines of Markdown.
 */
export function faultLines(rows: readonly FaultRow[]): string[] {
  const sum = (which: (row: FaultRow) => boolean) =>
    rows.filter(which).reduce((sum, { injected }) => sum + injected, 0);
  const atRandom = sum(({ when }) => when === "random moments");
  const killed = sum(({ fault, when }) => fault === "kill -9" && when === "every write");
  return [
    `${count(atRandom)} processes were killed at random moments, ${count(killed)} at every operation by`,
    `which their first three versions reach the disk, and ${count(sum(isError))} operations failed.`,
    "",
    ...markdownTable(
      ["written", "fault", "at", "times", "within a file", "asked to repeat", "lost or damaged"],
      rows.map(({ subject, fault, when, injected, midway, refused, problems }) => [
        SUBJECTS[subject].about,
        FAULTS[fault],
        when,
        count(injected),
        fault === "kill -9" ? count(midway) : "",
        count(refused),
        count(problems),
      ]),
      "right",
    ),
    "",
    `${machines(rows)}; ${code("deno task faults --kills 1000")}.`,
  ];
}

function isError({ fault }: FaultRow): boolean {
  return fault !== "kill -9";
}

/**
 * Describes what fuzzing has shown.
 *
 * @param rows Rows of data/results/fuzz.csv.
 * @returns Lines of Markdown.
 */
export function fuzzLines(rows: readonly FuzzRow[]): string[] {
  const sorted = rows.toSorted((a, b) => b.inputs - a.inputs);
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
    `${machines(rows)}; ${code("deno task fuzz --record --inputs 1000000 --jobs 2")}, as far as it came.`,
  ];
}

function count(number: number): string {
  return number.toLocaleString("en");
}

function machines(rows: readonly { readonly machine: string }[]): string {
  return `Measured on ${[...new Set(rows.map(({ machine }) => machine))].join("; ")}`;
}
