/**
 * Selection of the cases that suit the processor.
 *
 * @module
 */
import type { Case } from "./subject.ts";

/**
 * Excludes cases in bf16 on a processor without bfloat16, where it is many times slower and training never uses it.
 *
 * @param cases Cases of a subject.
 * @param bfloat16 Whether the processor supports bfloat16, or bf16 is measured regardless.
 * @returns The cases to measure, and a line that names the others; empty if there are none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { work } from "./subject.ts";
 *
 * const cases = ["float32", "bf16"].map((precision) => ({
 *   name: precision,
 *   unit: "s" as const,
 *   ours: work("training_step", { precision }),
 *   peers: [],
 * }));
 * assertEquals(fittingCases(cases, true), { fitting: cases, skipped: "" });
 * assertEquals(fittingCases(cases, false).fitting, [cases[0]]);
 * ```
 */
export function fittingCases(
  cases: readonly Case[],
  bfloat16: boolean,
): { fitting: readonly Case[]; skipped: string } {
  const fits = ({ ours }: Case) => bfloat16 || ours.options.precision !== "bf16";
  const others = cases.filter((one) => !fits(one)).map(({ name }) => name);
  return {
    fitting: cases.filter(fits),
    skipped: others.length === 0
      ? ""
      : `not measured: ${others.join("; ")}, since this processor has no bfloat16 ` +
        `(--force-precision measures it anyway)`,
  };
}
