/**
 * Tells runs of classifiers from those of detectors.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { PROGRAM } from "../core/program.ts";

/**
 * Checks that a run is a classifier's.
 *
 * @param folder The run folder, for the error message.
 * @param training The training in its `config.json`; a detector's lists the categories of its annotations.
 * @throws {UsageError} If the run is a detector's.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * expectClassifier("runs/a", { recipe: "builtin/ce" });
 * const detector = { recipe: "lvis/mask-rcnn+ce", categories: [1, 2] };
 * assertThrows(() => expectClassifier("runs/b", detector), Error, "found that of a detector");
 * ```
 */
export function expectClassifier(
  folder: string,
  training: Readonly<Record<string, unknown>> | undefined,
): void {
  if (training?.categories === undefined) return;
  throw new UsageError(
    `Expected the run of a classifier in ${folder} but found that of a detector, ${training.recipe}: ` +
      `${PROGRAM} evaluate and predict take it`,
  );
}
