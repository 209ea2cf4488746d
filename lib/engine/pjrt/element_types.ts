/**
 * Data types of the values on a device.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";

/** Data types that are moved to and from a device. */
export type ElementType = "float32" | "int32" | "bool";

/** Codes of the types, `PJRT_Buffer_Type`. */
const CODE = { bool: 1, int32: 4, float32: 11 } as const;

/** Values of a type on the host. */
export type HostValues =
  | Float32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/**
 * Returns a type's code.
 *
 * @param type The type.
 * @returns Its code in PJRT.
 */
export function codeOf(type: ElementType): number {
  return CODE[type];
}

/**
 * Returns the type of a code.
 *
 * @param code PJRT's code.
 * @returns The type.
 * @throws {EngineError} If values of the type are not moved.
 */
export function typeOf(code: number): ElementType {
  const found = Object.entries(CODE).find(([, other]) => other === code);
  if (!found) {
    throw new EngineError(
      `Expected results of type ${Object.keys(CODE).join(", ")} but found PJRT's type ${code}`,
    );
  }
  return found[0] as ElementType;
}

/**
 * Creates an array for values.
 *
 * @param type Their type.
 * @param size Their number.
 * @returns The array, of zeros.
 */
export function emptyValues(type: ElementType, size: number): HostValues {
  if (type === "float32") return new Float32Array(size);
  return type === "int32" ? new Int32Array(size) : new Uint8Array(size);
}
