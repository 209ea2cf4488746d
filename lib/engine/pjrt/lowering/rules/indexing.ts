/**
 * Operations with indices.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import { axesBut, axisOf, number, type Rule, type Rules } from "../rule.ts";
import { bare, comparisonOf, constantOf, sizeOf, typeText, type Value } from "../value.ts";
import { product } from "./products.ts";
import { keptAxis } from "./reductions.ts";

const oneHot: Rule = (b, call) => {
  const { inputs: [indices, , on, off], outputs: [{ shape }] } = call;
  const axis = axisOf(number(call, "axis", -1), shape.length);
  const places = b.iota(shape, axis, "i32");
  const isHot = b.compare("EQ", places, keptAxis(b, b.convert(indices, "i32"), places, axis));
  return b.select(isHot, b.broadcast(on, shape), b.broadcast(off, shape));
};

/** Takes slices along an axis; those of indices outside are NaN, or 0 for integers. */
const gather: Rule = (b, { inputs: [table, given, along], outputs: [{ shape }] }) => {
  const [where] = constantOf(along, "the axis of a gather");
  const axis = axisOf(where, table.shape.length);
  const flat = taken(b, table, b.reshape(given, [sizeOf(given.shape)]), axis);
  return given.shape.length === 1 ? flat : b.reshape(flat, shape);
};

/**
 * Takes slices of a table.
 *
 * @param b The module.
 * @param table The table.
 * @param places Indices of the slices, `[slices]`.
 * @param axis Axis of the table.
 * @returns The slices along the axis; those of indices outside are NaN, or 0 for integers.
 */
export function taken(b: Builder, table: Value, places: Value, axis: number): Value {
  const column = b.convert(places, "i32"), [count] = column.shape;
  const indices = b.reshape(column, [count, 1]);
  const type = { shape: table.shape.with(axis, count), element: table.element };
  const found = b.emit(
    `"stablehlo.gather"(${table.name}, ${indices.name}) <{dimension_numbers = ` +
      `#stablehlo.gather<offset_dims = [${axesBut(axis, table.shape.length)}], ` +
      `collapsed_slice_dims = [${axis}], start_index_map = [${axis}], index_vector_dim = 1>, ` +
      `slice_sizes = array<i64: ${table.shape.with(axis, 1)}>, indices_are_sorted = false}> : ` +
      `(${typeText(table)}, ${typeText(indices)}) -> ${typeText(type)}`,
    type,
  );
  const isInside = b.binary(
    "and",
    b.compare("GE", column, b.like(0, column)),
    b.compare("LT", column, b.like(table.shape[axis], column)),
  );
  const outside = b.like(table.element === "f32" ? NaN : 0, type);
  return b.select(b.broadcast(isInside, type.shape, [axis]), found, outside);
}

/**
 * Sums rows by segment as a product with one-hot rows: a scatter would add in any order on a GPU, so that a run would
 * not repeat bit for bit.
 */
const segmentSum: Rule = (b, { inputs: [data, ids], outputs: [{ shape, element }] }) => {
  const rows = sizeOf(ids.shape), segments = shape[0];
  const flat = b.reshape(data, [rows, sizeOf(data.shape) / rows]);
  const places = b.iota([rows, segments], 1, "i32");
  const column = b.broadcast(b.reshape(b.convert(ids, "i32"), [rows]), places.shape, [0]);
  const isMember = b.convert(b.compare("EQ", places, column), "f32");
  const axes = { batch: 0, first: 0, second: 0 };
  const sums = product(b, isMember, b.convert(flat, "f32"), axes, true);
  return b.convert(b.reshape(sums, shape), element);
};

/** The greatest elements of each row in descending order, of equal ones the first. */
const topK: Rule = (b, { inputs: [x, count], outputs: [values] }) => {
  const [k] = constantOf(count, "the number of greatest elements"), axis = x.shape.length - 1;
  const ends = values.shape.with(axis, k);
  return sortedBy(b, [x, b.iota(x.shape, axis, "i32")], axis)
    .map((value) => b.slice(value, ends.map(() => 0), ends));
};

/**
 * Sorts values along an axis.
 *
 * @param b The module.
 * @param values Values of the same shape. The first are sorted in descending order, the others with them.
 * @param axis The axis.
 * @returns The values; of those that are equal, the first comes first.
 */
export function sortedBy(b: Builder, values: readonly Value[], axis: number): Value[] {
  const types = values.map(typeText).join(", ");
  const scalars = values.map(({ element }) => typeText({ shape: [], element }));
  const args = scalars.flatMap((type, i) => [`%a${i}: ${type}`, `%b${i}: ${type}`]).join(", ");
  return b.emitMany(
    `"stablehlo.sort"(${values.map(({ name }) => name).join(", ")}) ` +
      `<{dimension = ${axis} : i64, is_stable = true}> ({^bb0(${args}): ` +
      `%c = stablehlo.compare GT, %a0, %b0, ${comparisonOf(values[0].element)} : ` +
      `(${scalars[0]}, ${scalars[0]}) -> tensor<i1> ` +
      `stablehlo.return %c : tensor<i1>}) : (${types}) -> (${types})`,
    values.map(bare),
  );
}

/** Operations with indices. */
export const INDEXING: Rules = {
  GatherV2: gather,
  OneHot: oneHot,
  TopKV2: topK,
  UnsortedSegmentSum: segmentSum,
};
