/**
 * Arguments of compiling: the module, and on which devices it runs.
 *
 * @module
 */
import { Structure } from "./structure.ts";

/** Size of `PJRT_Program`, which plugins compare. */
const PROGRAM_SIZE = 48;

/**
 * Returns the fields of a compilation.
 *
 * @param module A StableHLO module as text or bytecode.
 * @param device The plugin's number of the device.
 * @returns Program, options and their size, the fields that follow what is compiled for.
 */
export function compileArguments(
  module: Uint8Array<ArrayBuffer>,
  device: number,
): { 24: Structure; 32: Uint8Array<ArrayBuffer>; 40: number } {
  const format = new TextEncoder().encode("mlir"), options = compileOptions(device);
  const fields = { 16: module, 24: module.length, 32: format, 40: format.length };
  return { 24: new Structure(fields, PROGRAM_SIZE), 32: options, 40: options.length };
}

/**
 * Serialises `CompileOptionsProto`: one replica and one partition (fields 4 and 5 of `executable_build_options`), placed
 * on a device by `device_assignment` (9).
 */
function compileOptions(device: number): Uint8Array<ArrayBuffer> {
  const assignment = [0x08, 1, 0x10, 1, ...message(3, message(1, varint(device)))];
  return Uint8Array.from(message(3, [0x20, 1, 0x28, 1, ...message(9, assignment)]));
}

function message(field: number, body: readonly number[]): number[] {
  return [field << 3 | 2, body.length, ...body];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [value & 127 | 128, ...varint(value >>> 7)];
}
