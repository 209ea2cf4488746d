/**
 * Builds TensorFlow graphs for export.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import type { Constant, Extent, Value } from "../../engine/graph/graph.ts";

/** An attribute of a node, with the field names of `AttrValue`. */
export type NodeAttribute =
  | { readonly s: string }
  | { readonly i: number }
  | { readonly b: boolean }
  | { readonly type: tf.DataType }
  | { readonly shape: readonly Extent[] }
  | { readonly list: { readonly i: readonly number[] } }
  | { readonly tensor: Tensor };

/** A constant tensor. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly values: Constant;
}

/** A node, with the field names of `NodeDef`. */
export interface TensorflowNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, NodeAttribute>>;
}

/** Collects nodes. */
export class TensorflowBuilder {
  /** Nodes added so far. */
  readonly nodes: TensorflowNode[] = [];
  readonly #names = new Map<Value, string>();

  /** Registers the name of a value, as given by a node. */
  name(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  /**
   * Adds a node.
   *
   * @param op Its operation.
   * @param input Names of its inputs.
   * @param attr Attributes without a default.
   * @param name Its name, if a specific one is needed.
   * @returns The name of its first output.
   */
  node(
    op: string,
    input: readonly string[],
    attr: Readonly<Record<string, NodeAttribute>>,
    name = `${op}_${this.nodes.length}`,
  ): string {
    this.nodes.push({ name, op, input, attr });
    return name;
  }

  /** Adds a constant and returns its name. */
  constant(shape: readonly number[], dtype: tf.DataType, values: Constant): string {
    return this.node("Const", [], {
      dtype: { type: dtype },
      value: { tensor: { shape, dtype, values } },
    });
  }

  /** Adds a constant of int32: a list of sizes or axes, or a scalar. */
  integers(values: number | readonly number[], shape?: readonly number[]): string {
    return typeof values === "number"
      ? this.constant([], "int32", Int32Array.of(values))
      : this.constant(shape ?? [values.length], "int32", Int32Array.from(values));
  }

  /** Returns the name of a value. Adds it if it is a constant not seen yet. */
  input(value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const name = this.constant(value.shape as number[], value.dtype, value.constant!);
    this.#names.set(value, name);
    return name;
  }
}
