/**
 * Values of a StableHLO module.
 *
 * @module
 */
import { EngineError } from "../../../core/errors.ts";

/** Element types that modules use. */
export type Element = "f32" | "bf16" | "i1" | "i32" | "i64" | "ui32" | "ui64";

/** Shape and element type. */
export interface Type {
  /** Size of each axis. */
  readonly shape: readonly number[];
  /** Type of the elements. */
  readonly element: Element;
}

/** A value of a module. */
export interface Value extends Type {
  /** Its name in the module, for instance `%3`. */
  readonly name: string;
  /** Its elements, if it is a constant. */
  readonly constant?: ArrayLike<number>;
}

/**
 * Formats a type.
 *
 * @param type Shape and element type.
 * @returns For instance `tensor<2x3xf32>`.
 */
export function typeText({ shape, element }: Type): string {
  return `tensor<${[...shape, element].join("x")}>`;
}

/**
 * Counts elements.
 *
 * @param shape Size of each axis.
 * @returns The number of elements.
 */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/**
 * Returns the elements of a constant.
 *
 * @param value A value that has to be known when a function is recorded: a shape, an axis.
 * @param what What it is, for the error.
 * @returns Its elements.
 * @throws {EngineError} If it is computed.
 */
export function constantOf(value: Value, what: string): number[] {
  if (!value.constant) {
    throw new EngineError(
      `Expected ${what} to be a constant but found a value that the function computes`,
    );
  }
  return Array.from(value.constant);
}

/** Returns how StableHLO compares elements of a type. */
export function comparisonOf(element: Element): "FLOAT" | "SIGNED" | "UNSIGNED" {
  if (element === "f32" || element === "bf16") return "FLOAT";
  return element.startsWith("u") || element === "i1" ? "UNSIGNED" : "SIGNED";
}

/** Returns the type of a value without its name and elements. */
export function bare({ shape, element }: Type): Type {
  return { shape, element };
}
