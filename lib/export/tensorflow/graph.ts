/**
 * Networks as TensorFlow graphs.
 *
 * @module
 */
import type { ComputationGraph, Value } from "../../engine/graph/graph.ts";
import { NAMES } from "../inference.ts";
import { TensorflowBuilder, type TensorflowNode } from "./builder.ts";
import { type Limits, writeTensorflowNode } from "./operations.ts";

/** Version of the graph's operations: that of TensorFlow 2.9, read by every later one. */
export const PRODUCER = 1087;

/** A tensor that goes in or comes out. */
export interface End {
  /** Its name in the signature. */
  readonly name: string;
  /** Its shape and type. */
  readonly value: Value;
}

/** A graph with names for what goes in and comes out, which are also those of its nodes. */
export interface TensorflowGraph {
  /** The nodes. */
  readonly nodes: readonly TensorflowNode[];
  /** What goes in. */
  readonly inputs: readonly End[];
  /** What comes out. */
  readonly outputs: readonly End[];
}

/**
 * Writes a graph with TensorFlow's operations.
 *
 * @param graph A network, as `inferenceGraph` makes it.
 * @param limits What its reader cannot do.
 * @returns The nodes, with `images`, `logits` and `probabilities` among them.
 * @throws {UsageError} If an operation cannot be exported.
 */
export function tensorflowGraph(graph: ComputationGraph, limits: Limits): TensorflowGraph {
  const builder = new TensorflowBuilder();
  const [input] = graph.inputs;
  const placeholder = { dtype: { type: input.dtype }, shape: { shape: input.shape } };
  builder.name(input, builder.node("Placeholder", [], placeholder, NAMES.input));
  for (const node of graph.nodes) writeTensorflowNode(node, builder, limits);
  const outputs = graph.outputs.map((value, i) => {
    const name = NAMES.outputs[i];
    builder.node("Identity", [builder.input(value)], { T: { type: value.dtype } }, name);
    return { name, value };
  });
  return { nodes: builder.nodes, inputs: [{ name: NAMES.input, value: input }], outputs };
}
