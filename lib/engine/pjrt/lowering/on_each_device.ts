/**
 * Operations that every device applies to its own rows, where the compiler does not find out that it may.
 *
 * @module
 */
import type { Builder } from "./builder.ts";
import { placeText } from "./sharding.ts";
import { list } from "./text.ts";
import { bare, type Type, typeText, type Value } from "./value.ts";

/** Name of an operand within the region. */
const own = (index: number) => `%own${index}`;

/**
 * Adds operations that each of several devices applies to the part of the rows that it has.
 *
 * @param b The module.
 * @param sharded Values whose rows the number of devices divides.
 * @param whole Other values, whole on each.
 * @param run Adds the operations, given the rows of one device and the other values, and returns their result.
 * @returns The results of all devices, joined along the first axis.
 */
export function onEachDevice(
  b: Builder,
  sharded: readonly Value[],
  whole: readonly Value[],
  run: (...own: readonly Value[]) => Value,
): Value {
  const part = ({ shape: [rows, ...rest], element }: Value): Type => ({
    shape: [rows / b.devices, ...rest],
    element,
  });
  const values = [...sharded, ...whole];
  const types = [...sharded.map(part), ...whole.map(bare)];
  const parts = types.map((type, i): Value => ({ ...type, name: own(i) }));
  const { lines, result } = b.region(() => run(...parts));
  const [rows, ...rest] = result.shape;
  const type = { ...bare(result), shape: [rows * b.devices, ...rest] };
  return b.emit(
    [
      `sdy.manual_computation(${values.map(({ name }) => name).join(", ")}) ` +
      `in_shardings=${list(values.map((value, i) => placeText(value, i < sharded.length)))} ` +
      `out_shardings=${list([placeText(type, true)])} manual_axes={"batch"} ` +
      `(${parts.map((value) => `${value.name}: ${typeText(value)}`).join(", ")}) {`,
      ...lines,
      `sdy.return ${result.name} : ${typeText(result)}`,
      `} : (${values.map(typeText).join(", ")}) -> ${typeText(type)}`,
    ].join("\n"),
    type,
  );
}
