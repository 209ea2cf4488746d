/**
 * What runs operations: eagerly, or by recording them in a graph.
 *
 * @module
 */
import type { AttributeValue } from "./attributes.ts";
import type { OpDef } from "./op_def.ts";
import type { readTensor, Values } from "./tensors.ts";

/** An output of an operation. */
export interface Metadata {
  /** Number under which the tensor is known from now on. */
  id: number;
  /** Shape of the tensor. */
  shape: number[];
  /** TensorFlow's number of its data type; bfloat16 is passed off as float32. */
  dtype: number;
}

/** Values read from a tensor. */
export type Read = ReturnType<typeof readTensor>;

/** Runs operations on tensors known by numbers. */
export interface Executor {
  /** Makes a tensor from values. */
  create(shape: readonly number[], dtype: number, values: Values): number;
  /** Forgets a tensor. */
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
 * Splits the inputs of a call over the arguments of the operation.
 *
 * @param definition Definition of the operation.
 * @param count Number of inputs of this call.
 * @param given Attributes of this call, which tell the lengths where several arguments are lists.
 * @returns For each argument how many inputs it takes, or −1 if it takes one that is not a list.
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
