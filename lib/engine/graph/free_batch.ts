/**
 * Graphs with a variable batch size.
 *
 * @module
 */
import { rng } from "../../core/rng.ts";
import { tf } from "../../deps/tfjs.ts";
import { captureGraph } from "./capture.ts";
import type { ComputationGraph, Extent, GraphNode, Value } from "./graph.ts";

/** Sizes of the two compared batches; neither is 1, which would broadcast. */
const BATCHES = [2, 3] as const;

/** Relative tolerance between constants of the two graphs, whose sums may be evaluated in different order. */
const ROUNDING = 1e-4;

/**
 * Captures a function of a batch for any batch size: it is captured with two sizes, and the extents that differ are
 * taken to be the batch size.
 *
 * @param fn A pure function that treats all rows of the batch alike.
 * @param shape Shape of the input without the batch axis.
 * @returns The graph, with `null` for the batch size in shapes and attributes.
 * @throws {RangeError} If operations or constants depend on the batch size or on the values of the batch.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const { inputs, outputs } = captureBatchFunction((x) => [x.mean([1, 2])], [4, 4, 3]);
 * assertEquals([inputs[0].shape, outputs[0].shape], [[null, 4, 4, 3], [null, 3]]);
 * ```
 */
export function captureBatchFunction(
  fn: (batch: tf.Tensor) => readonly tf.Tensor[],
  shape: readonly number[],
): ComputationGraph {
  const graphs: ComputationGraph[] = [];
  for (const batch of BATCHES) {
    const input = uniform([batch, ...shape], batch);
    try {
      graphs.push(captureGraph(fn, [input]));
    } finally {
      input.dispose();
    }
  }
  return merge(graphs[0], graphs[1]);
}

function uniform(shape: readonly number[], seed: number): tf.Tensor {
  const random = rng(seed), size = shape.reduce((product, extent) => product * extent, 1);
  return tf.tensor(Float32Array.from({ length: size }, () => random.uniform()), [...shape]);
}

function merge(one: ComputationGraph, other: ComputationGraph): ComputationGraph {
  const merged = new Map<Value, Value>();
  const both = (a: Value, b: Value, where: string): Value => {
    const known = merged.get(a);
    if (known) return known;
    if (!isSameConstant(a, b)) {
      throw new RangeError(
        `Expected what ${where} reads to be the same for all images but found a constant that depends on them`,
      );
    }
    const value = { ...a, shape: attribute(a.shape, b.shape) as Extent[] };
    merged.set(a, value);
    return value;
  };
  if (one.nodes.length !== other.nodes.length) {
    throw new RangeError(
      `Expected as many operations for ${BATCHES[0]} images as for ${BATCHES[1]} ` +
        `but found ${one.nodes.length} and ${other.nodes.length}`,
    );
  }
  const inputs = one.inputs.map((input, i) => both(input, other.inputs[i], "the graph"));
  const nodes = one.nodes.map((a, i): GraphNode => {
    const b = other.nodes[i], { operation } = a;
    if (operation !== b.operation) {
      throw new RangeError(
        `Expected the same operations for any number of images but found ${operation} and ${b.operation}`,
      );
    }
    return {
      operation,
      attributes: attribute(a.attributes, b.attributes) as GraphNode["attributes"],
      inputs: Object.fromEntries(
        Object.entries(a.inputs).map(([name, input]) => [
          name,
          both(input, b.inputs[name], operation),
        ]),
      ),
      outputs: a.outputs.map((output, k) => both(output, b.outputs[k], operation)),
    };
  });
  const outputs = one.outputs.map((output, i) => both(output, other.outputs[i], "the graph"));
  return { inputs, nodes, outputs };
}

/** Merges two attributes, replacing each number that differs by `null`. */
function attribute(one: unknown, other: unknown): unknown {
  if (typeof one === "object" && one !== null) {
    const second = other as Record<string, unknown>;
    const entries = Object.entries(one).map(([key, value]) => [key, attribute(value, second[key])]);
    return Array.isArray(one) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
  }
  return typeof one === "number" && one !== other ? null : one;
}

function isSameConstant({ constant: one }: Value, { constant: other }: Value): boolean {
  if (!one || !other) return one === other;
  return one.length === other.length && one.every((value, i) =>
    value === other[i] ||
    Math.abs(value - other[i]) <= ROUNDING * Math.max(Math.abs(value), Math.abs(other[i]))
  );
}
