/**
 * Operations with indices.
 *
 * @module
 */
import { axesBut, axisOf, number, type Rule, type Rules } from "../rule.ts";
import { bare, comparisonOf, constantOf, sizeOf, typeText } from "../value.ts";
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
const gather: Rule = (b, { inputs: [table, given, along], outputs: [{ shape, element }] }) => {
  const [where] = constantOf(along, "the axis of a gather"),
    axis = axisOf(where, table.shape.length);
  const indices = b.reshape(b.convert(given, "i32"), [sizeOf(given.shape), 1]);
  const rank = given.shape.length;
  const flat = table.shape.with(axis, indices.shape[0]);
  const type = { shape: flat, element };
  const offsets = axesBut(axis, flat.length);
  const sizes = table.shape.with(axis, 1);
  const taken = b.emit(
    `"stablehlo.gather"(${table.name}, ${indices.name}) <{dimension_numbers = ` +
      `#stablehlo.gather<offset_dims = [${offsets}], collapsed_slice_dims = [${axis}], ` +
      `start_index_map = [${axis}], index_vector_dim = 1>, ` +
      `slice_sizes = array<i64: ${sizes}>, indices_are_sorted = false}> : ` +
      `(${typeText(table)}, ${typeText(indices)}) -> ${typeText(type)}`,
    type,
  );
  const column = b.reshape(indices, [indices.shape[0]]);
  const isInside = b.binary(
    "and",
    b.compare("GE", column, b.like(0, column)),
    b.compare("LT", column, b.like(table.shape[axis], column)),
  );
  const outside = b.like(element === "f32" ? NaN : 0, type);
  const checked = b.select(b.broadcast(isInside, flat, [axis]), taken, outside);
  if (rank === 1) return checked;
  return b.reshape(checked, shape);
};

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
  const places = b.iota(x.shape, axis, "i32");
  const types = [x, places].map(typeText).join(", ");
  const scalar = typeText({ shape: [], element: x.element });
  const sorted = b.emitMany(
    `"stablehlo.sort"(${x.name}, ${places.name}) ` +
      `<{dimension = ${axis} : i64, is_stable = true}> ({` +
      `^bb0(%a: ${scalar}, %b: ${scalar}, %i: tensor<i32>, %j: tensor<i32>): ` +
      `%c = stablehlo.compare GT, %a, %b, ${
        comparisonOf(x.element)
      } : (${scalar}, ${scalar}) -> tensor<i1> ` +
      `stablehlo.return %c : tensor<i1>}) : (${types}) -> (${types})`,
    [bare(x), bare(places)],
  );
  const ends = values.shape.with(axis, k);
  return sorted.map((value) => b.slice(value, ends.map(() => 0), ends));
};

/** Operations with indices. */
export const INDEXING: Rules = {
  GatherV2: gather,
  OneHot: oneHot,
  TopKV2: topK,
  UnsortedSegmentSum: segmentSum,
};
