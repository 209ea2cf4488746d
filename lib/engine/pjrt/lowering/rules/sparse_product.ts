/**
 * Products with sparse matrices.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import { region } from "../text.ts";
import { flag, type Rule, type Rules } from "../rule.ts";
import { type Type, typeText, type Value } from "../value.ts";
import { taken } from "./indexing.ts";

/**
 * Multiplies rows of a dense matrix by the entries of the sparse one and adds them to those of the result. A GPU adds in
 * any order, so the last bits may differ between runs.
 */
const product: Rule = (b, call) => {
  const { inputs: [places, values, , dense], outputs: [type] } = call, [count] = values.shape;
  const column = (index: number) => b.slice(places, [0, index], [count, index + 1]);
  const [row, col] = [column(0), column(1)].map((x) => b.convert(x, "i32"));
  const [from, to] = flag(call, "adjoint_a") ? [row, col] : [col, row];
  const rows = taken(b, dense, b.reshape(from, [count]), 0);
  const terms = b.binary("multiply", rows, b.broadcast(values, rows.shape, [0]));
  return sumOfRows(b, terms, to, type);
};

/** Adds rows at places, `[rows, 1]`, to a matrix of zeros. */
function sumOfRows(b: Builder, terms: Value, places: Value, type: Type): Value {
  const zeros = b.like(0, type);
  return b.emit(
    `"stablehlo.scatter"(${zeros.name}, ${places.name}, ${terms.name}) ` +
      `<{scatter_dimension_numbers = #stablehlo.scatter<update_window_dims = [1], ` +
      `inserted_window_dims = [0], scatter_dims_to_operand_dims = [0], index_vector_dim = 1>, ` +
      `indices_are_sorted = false, unique_indices = false}> ` +
      `({${region(type, `stablehlo.add %a, %b : ${typeText({ ...type, shape: [] })}`)}}) : ` +
      `(${typeText(zeros)}, ${typeText(places)}, ${typeText(terms)}) -> ${typeText(type)}`,
    type,
  );
}

/** Products with sparse matrices. */
export const SPARSE_PRODUCT: Rules = { SparseTensorDenseMatMul: product };
