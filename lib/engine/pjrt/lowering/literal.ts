/**
 * Constants in the text of a module.
 *
 * @module
 */
import { EngineError } from "../../../core/errors.ts";
import { type Element, type Type, typeText } from "./value.ts";

/**
 * Formats the elements of a constant.
 *
 * @param values The elements.
 * @param type Their shape and type.
 * @returns For instance `dense<1> : tensor<2xi32>`.
 */
export function literal(values: ArrayLike<number>, type: Type): string {
  return `dense<${elements(values, type)}> : ${typeText(type)}`;
}

function elements(values: ArrayLike<number>, { element }: Type): string {
  if (values.length === 0) return "";
  let same = true;
  for (let i = 1; same && i < values.length; i++) same = Object.is(values[i], values[0]);
  if (same) return scalar(values[0], element);
  // Bits, because a decimal would have to be read back to the same number.
  return `"0x${hexadecimal(bytesOf(values, element))}"`;
}

/**
 * Formats a single number.
 *
 * @param value The number.
 * @param element Its type.
 * @returns For instance `0x3F800000` for the float32 number 1.
 */
export function scalar(value: number, element: Element): string {
  if (element === "i1") return value ? "true" : "false";
  if (element !== "f32" && element !== "bf16") return String(value);
  return `0x${bigEndian(bytesOf([value], element))}`;
}

function bytesOf(values: ArrayLike<number>, element: Element): Uint8Array {
  switch (element) {
    case "f32":
      return new Uint8Array(Float32Array.from(values).buffer);
    case "i32":
    case "ui32":
      return new Uint8Array(Int32Array.from(values).buffer);
    default:
      throw new EngineError(
        `Expected a list of float32 or int32 numbers as a constant but found ${element}`,
      );
  }
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("");
}

function bigEndian(bytes: Uint8Array): string {
  return hexadecimal(bytes.slice().reverse());
}
