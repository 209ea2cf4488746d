/**
 * Loops whose number of iterations depends on values.
 *
 * @module
 */
import type { Builder } from "./builder.ts";
import { bare, type Type, typeText, type Value } from "./value.ts";

/**
 * Applies operations to their own result until it does not change.
 *
 * @param b The module.
 * @param start The first operand; of flags.
 * @param next Adds the operations; the type of the result is that of the operand.
 * @returns The last result.
 */
export function untilUnchanged(b: Builder, start: Value, next: (value: Value) => Value): Value {
  const type = bare(start), flag: Type = { shape: [], element: "i1" };
  const value: Value = { ...type, name: "%value" },
    isChanged: Value = { ...flag, name: "%changed" };
  let change!: Value;
  const { lines, result } = b.region(() => {
    const found = next(value), differences = b.binary("xor", found, value);
    change = b.reduce("or", differences, type.shape.map((_, axis) => axis), 0);
    return found;
  });
  const args = [value, isChanged].map((arg) => `${arg.name}: ${typeText(arg)}`).join(", ");
  const types = [type, flag].map(typeText).join(", ");
  const [last] = b.emitMany(
    [
      `"stablehlo.while"(${start.name}, ${b.scalar(1, "i1").name}) ({`,
      `^bb0(${args}):`,
      `stablehlo.return ${isChanged.name} : ${typeText(flag)}`,
      "}, {",
      `^bb0(${args}):`,
      ...lines,
      `stablehlo.return ${result.name}, ${change.name} : ${types}`,
      `}) : (${types}) -> (${types})`,
    ].join("\n"),
    [type, flag],
  );
  return last;
}
