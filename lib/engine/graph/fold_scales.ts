/**
 * Folding scales and shifts into the preceding convolution or matrix product.
 *
 * @module
 */
import type { ComputationGraph, GraphNode, Value } from "./graph.ts";

/** Operations into which a scale can be folded, with the name of their constant input. */
const SCALED: Readonly<Record<string, string>> = { Conv2D: "filter", BatchMatMul: "b" };

/**
 * Folds batch normalisation, the multiplication by and addition of a constant per channel, into the filter and a
 * `bias` of the preceding convolution, or into a matrix product with a constant.
 *
 * @param graph The graph.
 * @returns An equivalent graph with fewer operations.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 * import { conv2d } from "../ops/mod.ts";
 * import { captureGraph } from "./capture.ts";
 *
 * await engine();
 * const norm = (x: tf.Tensor) => x.mul(tf.tensor1d([3, 4])).add(tf.tensor1d([5, 6]));
 * const graph = captureGraph(
 *   (x) => [norm(conv2d(x as tf.Tensor4D, tf.ones([1, 1, 1, 2])))],
 *   [tf.ones([1, 2, 2, 1])],
 * );
 * const [{ inputs }] = foldScales(graph).nodes;
 * assertEquals([...inputs.filter.constant!, ...inputs.bias.constant!], [3, 4, 5, 6]);
 * ```
 */
export function foldScales(graph: ComputationGraph): ComputationGraph {
  const readers = new Map<Value, number>();
  const read = (value: Value) => readers.set(value, (readers.get(value) ?? 0) + 1);
  for (const { inputs } of graph.nodes) Object.values(inputs).forEach(read);
  graph.outputs.forEach(read);

  const makers = new Map<Value, GraphNode>();
  for (const node of graph.nodes) {
    const folded = fold(node, (value) => readers.get(value) === 1 ? makers.get(value) : undefined);
    if (folded) {
      makers.delete(folded.before.outputs[0]);
      makers.set(node.outputs[0], { ...folded.node, outputs: node.outputs });
    } else for (const output of node.outputs) makers.set(output, node);
  }
  return { ...graph, nodes: [...new Set(makers.values())] };
}

/** Merges a node into the node that it reads from, if possible. */
function fold(
  { operation, inputs }: GraphNode,
  before: (value: Value) => GraphNode | undefined,
): { node: GraphNode; before: GraphNode } | undefined {
  if (operation !== "Multiply" && operation !== "Add") return undefined;
  const channels = [inputs.a, inputs.b].find(({ constant, shape }) =>
    constant && shape.length === 1
  );
  const maker = channels && before(channels === inputs.a ? inputs.b : inputs.a);
  if (!maker || !Object.hasOwn(SCALED, maker.operation)) return undefined;
  const name = SCALED[maker.operation], weight = maker.inputs[name], { bias } = maker.inputs;
  if (
    !weight.constant || maker.attributes.transposeB || weight.shape.at(-1) !== channels.shape[0]
  ) {
    return undefined;
  }
  const changed = operation === "Multiply"
    ? { [name]: scaled(weight, channels), ...(bias && { bias: scaled(bias, channels) }) }
    : { bias: bias ? sum(bias, channels) : channels };
  return { node: { ...maker, inputs: { ...maker.inputs, ...changed } }, before: maker };
}

/** Multiplies a constant by one factor per channel (the last axis). */
function scaled(value: Value, { constant: factors }: Value): Value {
  const constant = Float32Array.from(value.constant!), channels = factors!.length;
  for (let i = 0; i < constant.length; i++) constant[i] *= factors![i % channels];
  return { ...value, constant };
}

function sum(one: Value, { constant: other }: Value): Value {
  const constant = Float32Array.from(one.constant!);
  for (let i = 0; i < constant.length; i++) constant[i] += other![i];
  return { ...one, constant };
}
