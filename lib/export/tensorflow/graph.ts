/**
 * Converts networks to TensorFlow graphs.
 *
 * @module
 */
import type { ComputationGraph, Value } from "../../engine/graph/graph.ts";
import { NAMES } from "../inference.ts";
import { TensorflowBuilder, type TensorflowNode } from "./builder.ts";
import { type Limits, writeTensorflowNode } from "./operations.ts";

/** Version of the graph's operations: that of TensorFlow 2.9, supported by all later ones. */
export const PRODUCER = 1087;

/** An input or output tensor. */
export interface End {
  /** Its name in the signature. */
  readonly name: string;
  /** Its value in the traced graph, with shape and type. */
  readonly value: Value;
}

/** A graph with named inputs and outputs; nodes have the same names. */
export interface TensorflowGraph {
  /** The nodes. */
  readonly nodes: readonly TensorflowNode[];
  /** Inputs. */
  readonly inputs: readonly End[];
  /** Outputs. */
  readonly outputs: readonly End[];
}

/**
 * Converts a graph to TensorFlow's operations.
 *
 * @param graph A network, from `inferenceGraph`.
 * @param limits Capabilities of the program that will load it.
 * @returns The nodes, including `images`, `logits` and `probabilities`.
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
