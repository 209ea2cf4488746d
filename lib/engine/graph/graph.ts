/**
 * A computation as data: the operations that lead from some tensors to others.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";

/** Size of an axis; `null` where it is that of the batch. */
export type Extent = number | null;

/** A tensor of a graph. */
export interface Value {
  /** Its shape. */
  readonly shape: readonly Extent[];
  /** Type of its elements. */
  readonly dtype: tf.DataType;
  /** Its elements in row-major order, if it is a constant. */
  readonly constant?: Constant;
}

/** Elements of a constant. */
export type Constant = Float32Array | Int32Array | Uint8Array;

/** A setting of an operation, as the kernels of TensorFlow.js have it; `null` where it is the batch's size. */
export type Attribute = number | string | boolean | null | undefined | readonly Attribute[];

/** One operation. */
export interface GraphNode {
  /** Its name: that of a kernel of TensorFlow.js, or of an operation of `engine/ops`. */
  readonly operation: string;
  /** Its settings. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** What it reads, by the names that the kernel has for it. */
  readonly inputs: Readonly<Record<string, Value>>;
  /** What it makes. */
  readonly outputs: readonly Value[];
}

/** A computation. */
export interface ComputationGraph {
  /** What it starts from. */
  readonly inputs: readonly Value[];
  /** Its operations, each behind those that it reads from. */
  readonly nodes: readonly GraphNode[];
  /** What it results in. */
  readonly outputs: readonly Value[];
}
