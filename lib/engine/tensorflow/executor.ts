/**
 * Common interface of eager execution and recording.
 *
 * @module
 */
import type { AttributeValue } from "./attributes.ts";
import type { OpDef } from "./op_def.ts";
import type { readTensor, Values } from "./tensors.ts";

/** An output of an operation. */
export interface Metadata {
  /** Id of the tensor. */
  id: number;
  /** Shape of the tensor. */
  shape: number[];
  /** TensorFlow's data type code; bfloat16 is reported as float32. */
  dtype: number;
}

/** Values read from a tensor. */
export type Read = ReturnType<typeof readTensor>;

/** Executes operations on tensors identified by ids. */
export interface Executor {
  /** Creates a tensor from values and returns its id. */
  create(shape: readonly number[], dtype: number, values: Values): number;
  /** Deletes a tensor. */
  delete(id: number): void;
  /** Copies a tensor's values. */
  read(id: number): Read;
  /** Runs an operation. */
  execute(
    operation: string,
    attributes: Iterable<readonly [name: string, value: AttributeValue]>,
    inputs: readonly number[],
    outputs: number,
  ): Metadata[];
}

/**
 * Assigns the inputs of a call to the arguments of the operation.
 *
 * @param definition Definition of the operation.
 * @param count Number of inputs of this call.
 * @param given Attributes of this call, which contain the lengths if several arguments are lists.
 * @returns The number of inputs of each list argument, −1 for an argument that is not a list.
 */
export function argumentLengths(
  definition: OpDef,
  count: number,
  given: ReadonlyMap<string, AttributeValue>,
): number[] {
  const isList = definition.inputs.map((input) =>
    input.numberAttribute !== "" || input.typeListAttribute !== ""
  );
  const lists = isList.filter(Boolean).length;
  const rest = count - (definition.inputs.length - lists);
  return definition.inputs.map((input, i) => {
    if (!isList[i]) return -1;
    if (lists === 1) return rest;
    const length = given.get(input.numberAttribute);
    const types = given.get(input.typeListAttribute);
    return typeof length === "number" ? length : (types as readonly string[]).length;
  });
}
