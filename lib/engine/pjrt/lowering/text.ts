/**
 * Parts of operations in the text of a module.
 *
 * @module
 */
import { type Type, typeText } from "./value.ts";

/** Amounts of padding around one axis. */
export type Sides = readonly [before: number, after: number];

/** Sizes of a window that moves over every axis. */
export interface Window {
  /** Size of the window on each axis. */
  readonly size: readonly number[];
  /** Step between windows on each axis. */
  readonly strides: readonly number[];
  /** Padding of each axis. */
  readonly padding: readonly Sides[];
}

/** Formats a list. */
export function list(entries: readonly (number | string)[]): string {
  return `[${entries.join(", ")}]`;
}

/** Formats the attributes of a window. */
export function windowText({ size, strides, padding }: Window): string {
  return `window_dimensions = array<i64: ${size}>, window_strides = array<i64: ${strides}>, ` +
    `padding = dense<[${padding.map(list).join(", ")}]> : tensor<${padding.length}x2xi64>`;
}

/** Formats a function of two scalars `%a` and `%b`, whose result is the value of an operation. */
export function region(scalar: Type, operation: string, result: Type = scalar): string {
  const type = typeText({ shape: [], element: scalar.element });
  const returned = typeText({ shape: [], element: result.element });
  return `^bb0(%a: ${type}, %b: ${type}): %c = ${operation} stablehlo.return %c : ${returned}`;
}
