/**
 * Data structures of a recorded function.
 *
 * @module
 */
import type { AttributeValue } from "../tensorflow/attributes.ts";
import type { Values } from "../tensorflow/tensors.ts";
import type { Type } from "./lowering/value.ts";

/** An operation of a recorded function. */
export interface RecordedOperation {
  /** TensorFlow's name of the operation. */
  readonly operation: string;
  /** Attributes by name, where they were given. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Where the operands come from. */
  readonly inputs: readonly Source[];
  /** Types of the results. */
  readonly outputs: readonly Type[];
}

/** Where a value comes from. */
export type Source =
  | { readonly kind: "input"; readonly index: number }
  | { readonly kind: "constant"; readonly type: Type; readonly values: Values }
  | { readonly kind: "result"; readonly operation: RecordedOperation; readonly index: number };

/** A recorded function. */
export interface RecordedProgram {
  /** Types of the inputs: the declared ones, then the captured ones. */
  readonly inputs: readonly Type[];
  /** Ids of the captured tensors, which are the last inputs. */
  readonly captured: readonly number[];
  /** Operations in the order in which they were recorded; some may not contribute to the outputs. */
  readonly operations: readonly RecordedOperation[];
  /** Where the outputs come from. */
  readonly outputs: readonly Source[];
}
