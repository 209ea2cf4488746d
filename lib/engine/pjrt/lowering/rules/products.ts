/**
 * Matrix products.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import { list } from "../text.ts";
import { flag, type Rule, type Rules } from "../rule.ts";
import { type Type, typeText, type Value } from "../value.ts";

/** Axes of a product. */
interface Axes {
  /** Axes of both operands along which separate products are computed. */
  readonly batch: number;
  /** Axis of the first operand that is summed over. */
  readonly first: number;
  /** Axis of the second operand that is summed over. */
  readonly second: number;
}

/**
 * Multiplies matrices.
 *
 * @param b The module.
 * @param x First operand, `[…batch, rows, inner]` or `[…batch, inner, rows]`.
 * @param y Second operand, `[…batch, inner, columns]` or `[…batch, columns, inner]`.
 * @param axes Which axes are summed over.
 * @param exact Whether the operands must not be rounded.
 * @returns `[…batch, rows, columns]`, float32.
 */
export function product(b: Builder, x: Value, y: Value, axes: Axes, exact = false): Value {
  const { bfloat16, tf32 } = b.arithmetic;
  const operand = bfloat16 && !exact ? "bf16" : "f32";
  const [left, right] = [b.convert(x, operand), b.convert(y, operand)];
  const batch = Array.from({ length: axes.batch }, (_, axis) => axis);
  const rest = ({ shape }: Value, summed: number) =>
    shape.filter((_, axis) => axis >= axes.batch && axis !== summed);
  const type: Type = {
    shape: [
      ...x.shape.slice(0, axes.batch),
      ...rest(x, axes.first),
      ...rest(y, axes.second),
    ],
    element: "f32",
  };
  const precision = tf32 && !exact ? "DEFAULT" : "HIGHEST";
  return b.emit(
    `stablehlo.dot_general ${left.name}, ${right.name}, ` +
      `batching_dims = ${list(batch)} x ${list(batch)}, ` +
      `contracting_dims = ${list([axes.first])} x ${list([axes.second])}, ` +
      `precision = [${precision}, ${precision}] : ` +
      `(${typeText(left)}, ${typeText(right)}) -> ${typeText(type)}`,
    type,
  );
}

const batched: Rule = (b, call) => {
  const { inputs: [x, y], outputs: [{ shape }] } = call;
  const batch = shape.slice(0, -2);
  const spread = (value: Value) => b.broadcast(value, [...batch, ...value.shape.slice(-2)]);
  const [rows, columns] = [batch.length, batch.length + 1];
  return product(b, spread(x), spread(y), {
    batch: batch.length,
    first: flag(call, "adj_x") ? rows : columns,
    second: flag(call, "adj_y") ? columns : rows,
  });
};

const plain: Rule = (b, call) =>
  product(b, call.inputs[0], call.inputs[1], {
    batch: 0,
    first: flag(call, "transpose_a") ? 0 : 1,
    second: flag(call, "transpose_b") ? 1 : 0,
  });

/** Matrix products. */
export const PRODUCTS: Rules = { BatchMatMulV2: batched, MatMul: plain };
