/**
 * A TensorFlow graph under construction, for files.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import type { Constant, Extent, Value } from "../../engine/graph/graph.ts";

/** An attribute of a node, as `AttrValue` names its kinds. */
export type NodeAttribute =
  | { readonly s: string }
  | { readonly i: number }
  | { readonly b: boolean }
  | { readonly type: tf.DataType }
  | { readonly shape: readonly Extent[] }
  | { readonly list: { readonly i: readonly number[] } }
  | { readonly tensor: Tensor };

/** Elements of a constant. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly dtype: tf.DataType;
  readonly values: Constant;
}

/** A node, as `NodeDef` has it. */
export interface TensorflowNode {
  readonly name: string;
  readonly op: string;
  readonly input: readonly string[];
  readonly attr: Readonly<Record<string, NodeAttribute>>;
}

/** Collects nodes. */
export class TensorflowBuilder {
  /** The nodes so far. */
  readonly nodes: TensorflowNode[] = [];
  readonly #names = new Map<Value, string>();

  /** Gives a value the name that a node has given it. */
  name(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  /**
   * Adds a node.
   *
   * @param op Its operation.
   * @param input Names of what it reads.
   * @param attr Attributes that have no default.
   * @param name Its name, if it matters.
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

  /** Adds a list of sizes, axes or the like, or a single one. */
  integers(values: number | readonly number[], shape?: readonly number[]): string {
    return typeof values === "number"
      ? this.constant([], "int32", Int32Array.of(values))
      : this.constant(shape ?? [values.length], "int32", Int32Array.from(values));
  }

  /** The name of a value. */
  input(value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const name = this.constant(value.shape as number[], value.dtype, value.constant!);
    this.#names.set(value, name);
    return name;
  }
}
