/**
 * The interface of the rules by which operations are lowered.
 *
 * @module
 */
import type { AttributeValue } from "../../tensorflow/attributes.ts";
import type { Builder } from "./builder.ts";
import type { Type, Value } from "./value.ts";

/** An operation with its operands as values of the module. */
export interface Call {
  /** TensorFlow's name of the operation. */
  readonly operation: string;
  /** Attributes by name, where they were given. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Operands. */
  readonly inputs: readonly Value[];
  /** Types of the results, as TensorFlow inferred them. */
  readonly outputs: readonly Type[];
}

/** Writes an operation into a module and returns its results. */
export type Rule = (builder: Builder, call: Call) => Value | Value[];

/** Rules by TensorFlow's name of the operation. */
export type Rules = Readonly<Record<string, Rule>>;

/** Returns an attribute that is a list of numbers. */
export function numbers(call: Call, name: string, otherwise: readonly number[]): number[] {
  return [...(call.attributes.get(name) as readonly number[] | undefined) ?? otherwise];
}

/** Returns an attribute that is a number. */
export function number(call: Call, name: string, otherwise: number): number {
  return call.attributes.get(name) as number | undefined ?? otherwise;
}

/** Returns an attribute that is a flag; `false` if it is missing. */
export function flag(call: Call, name: string): boolean {
  return call.attributes.get(name) === true;
}

/** Returns an axis counted from the front. */
export function axisOf(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** Returns all axes but one. */
export function axesBut(axis: number, rank: number): number[] {
  return Array.from({ length: rank }, (_, i) => i).filter((i) => i !== axis);
}
