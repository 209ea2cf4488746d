/**
 * Result of a stage.
 *
 * @module
 */
/** Accuracies at the end of a stage. */
export interface StageResult {
  /** Name of the stage. */
  readonly name: string;
  /** Accuracy over all test images in percent. */
  readonly all: number;
  /** Mean accuracy over the classes that have test images, in percent. */
  readonly mean: number;
  /** Mean accuracy over the Head classes in percent; `null` without such classes. */
  readonly head: number | null;
  /** Mean accuracy over the Medium classes in percent; `null` without such classes. */
  readonly medium: number | null;
  /** Mean accuracy over the Tail classes in percent; `null` without such classes. */
  readonly tail: number | null;
}
