/**
 * Data structures of a computation graph.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";

/** Size of an axis; `null` for the batch size. */
export type Extent = number | null;

/** A tensor of a graph. */
export interface Value {
  /** Size of each axis. */
  readonly shape: readonly Extent[];
  /** Data type of the elements. */
  readonly dtype: tf.DataType;
  /** Elements in row-major order, if the value is a constant. */
  readonly constant?: Constant;
}

/** Elements of a constant. */
export type Constant = Float32Array | Int32Array | Uint8Array;

/** An attribute of an operation, as in TensorFlow.js's kernels; `null` for the batch size. */
export type Attribute = number | string | boolean | null | undefined | readonly Attribute[];

/** One operation. */
export interface GraphNode {
  /** Name of a TensorFlow.js kernel, or of an operation of `engine/ops`. */
  readonly operation: string;
  /** Attributes by name. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Inputs by the kernel's names. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** Outputs in the kernel's order. */
  readonly outputs: readonly Value[];
}

/** A computation graph. */
export interface ComputationGraph {
  /** Inputs of the graph. */
  readonly inputs: readonly Value[];
  /** Operations in topological order. */
  readonly nodes: readonly GraphNode[];
  /** Outputs of the graph. */
  readonly outputs: readonly Value[];
}
