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
 * @param devices The plugin's numbers of the devices, which run it together.
 * @returns Program, options and their size, the fields that follow what is compiled for.
 */
export function compileArguments(
  module: Uint8Array<ArrayBuffer>,
  devices: readonly number[],
): { 24: Structure; 32: Uint8Array<ArrayBuffer>; 40: number } {
  const format = new TextEncoder().encode("mlir"), options = compileOptions(devices);
  const fields = { 16: module, 24: module.length, 32: format, 40: format.length };
  return { 24: new Structure(fields, PROGRAM_SIZE), 32: options, 40: options.length };
}

/**
 * Serialises `CompileOptionsProto`: one replica and as many partitions as devices (fields 4 and 5 of
 * `executable_build_options`), placed by `device_assignment` (9). Several partitions are made by the SPMD partitioner (6)
 * from the shardings that Shardy (19) derives.
 */
function compileOptions(devices: readonly number[]): Uint8Array<ArrayBuffer> {
  const count = varint(devices.length);
  const places = devices.flatMap((device) => message(3, message(1, varint(device))));
  const partitioning = devices.length > 1 ? [6 << 3, 1, ...varint(19 << 3), 1] : [];
  return Uint8Array.from(message(3, [
    ...[4 << 3, 1, 5 << 3, ...count],
    ...message(9, [1 << 3, 1, 2 << 3, ...count, ...places]),
    ...partitioning,
  ]));
}

function message(field: number, body: readonly number[]): number[] {
  return [field << 3 | 2, ...varint(body.length), ...body];
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [value & 127 | 128, ...varint(value >>> 7)];
}
