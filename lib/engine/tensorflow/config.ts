/**
 * Serialised `ConfigProto`s (`tensorflow/core/protobuf/config.proto`) of functions.
 *
 * @module
 */

/** Number of a message field. */
type Field = number;

function message(field: Field, ...parts: readonly (readonly number[])[]): number[] {
  const bytes = parts.flat();
  return [field << 3 | 2, bytes.length, ...bytes];
}

/** Serialises a field with a value below 128; its tag may take two bytes. */
function varint(field: Field, value: number): number[] {
  const tag = field << 3;
  return tag < 128 ? [tag, value] : [tag & 127 | 128, tag >> 7, value];
}

/** `graph_options.rewrite_options.auto_mixed_precision_onednn_bfloat16 = ON`. */
const BFLOAT16 = Uint8Array.from(message(10, message(10, varint(31, 1))));

/**
 * Returns the `ConfigProto` of a recorded function.
 *
 * @param precision `"bf16"` stores activations and the operands of convolutions in bfloat16.
 * @returns The serialised message.
 */
export function functionConfig(precision: "float32" | "bf16" = "float32"): Uint8Array<ArrayBuffer> {
  return precision === "bf16" ? BFLOAT16 : new Uint8Array(0);
}
