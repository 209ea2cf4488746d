/**
 * Building TensorFlow graphs and functions.
 *
 * @module
 */
import { type AttributeValue, graphAttributes } from "./attributes.ts";
import { dtypeName } from "./dtypes.ts";
import { cString, type Library } from "./library.ts";
import { newTensor, type Values } from "./tensors.ts";

/** A `TF_Output`: pointer to the node, index of its output. */
export type Output = Uint8Array<ArrayBuffer>;

/** A node under construction. */
export interface OpenNode {
  /** Adds an input that is not a list. */
  input(source: Output): void;
  /** Adds an input that is a list. */
  inputs(sources: readonly Output[]): void;
  /** Lets the node run only after that of an output, which is no input. */
  after(source: Output): void;
  /** Sets an attribute; `type` is named as in operation definitions. */
  attribute(name: string, type: string, value: AttributeValue): void;
  /**
   * Adds the node to the graph.
   *
   * @param described Returns the description of the node for error messages.
   * @returns The node; {@linkcode outputOf} refers to its outputs.
   */
  finish(described: () => string): Deno.PointerValue;
}

const OUTPUT_SIZE = 16;

/** A graph. */
export class Graph {
  readonly #library: Library;
  readonly #setAttribute: ReturnType<typeof graphAttributes>;
  /** TensorFlow's graph. */
  readonly pointer: Deno.PointerValue;
  #nodes = 0;

  /** @param library The loaded library. */
  constructor(library: Library) {
    this.#library = library;
    this.#setAttribute = graphAttributes(library);
    this.pointer = library.core.TF_NewGraph();
  }

  /**
   * Begins a node.
   *
   * @param operation TensorFlow's name of the operation.
   * @returns The node; set its inputs before its attributes, then finish it.
   */
  node(operation: string): OpenNode {
    const { core, status, check } = this.#library;
    const name = new TextEncoder().encode(`n${this.#nodes++}\0`);
    const node = core.TF_NewOperation(this.pointer, cString(operation), name);
    return {
      input: (source) => core.TF_AddInput(node, source),
      inputs: (sources) => core.TF_AddInputList(node, joined(sources), sources.length),
      after: (source) => core.TF_AddControlInput(node, nodeOf(source)),
      attribute: (name, type, value) => this.#setAttribute(node, name, type, value),
      finish(described) {
        const finished = core.TF_FinishOperation(node, status);
        check(described);
        return finished;
      },
    };
  }

  /** Adds a constant. */
  constant(shape: readonly number[], dtype: number, values: Values): Output {
    const tensor = newTensor(this.#library, shape, dtype, values);
    try {
      const node = this.node("Const");
      node.attribute("dtype", "type", dtype);
      node.attribute("value", "tensor", tensor);
      return outputOf(node.finish(() => "Recording a constant"), 0);
    } finally {
      this.#library.framework.TF_DeleteTensor(tensor);
    }
  }

  /** Adds an input of the future function. */
  placeholder(dtype: number, shape: readonly number[]): Output {
    const node = this.node("Placeholder");
    node.attribute("dtype", "type", dtype);
    node.attribute("shape", "shape", shape);
    return outputOf(node.finish(() => "Recording an input"), 0);
  }

  /** TensorFlow's data type code of an output. */
  dtype(output: Output): number {
    return this.#library.core.TF_OperationOutputType(output);
  }

  /** Shape of an output. */
  shape(output: Output): number[] {
    const { core, status, check } = this.#library;
    const rank = core.TF_GraphGetTensorNumDims(this.pointer, output, status);
    if (rank <= 0) return [];
    const dims = new BigInt64Array(rank);
    core.TF_GraphGetTensorShape(this.pointer, output, dims, rank, status);
    check(() => "Asking for a traced shape");
    return Array.from(dims, Number);
  }

  /** Sets the shape of an output that TensorFlow cannot infer. */
  setShape(output: Output, shape: readonly number[]): void {
    const { core, status, check } = this.#library;
    const dims = BigInt64Array.from(shape, BigInt);
    core.TF_GraphSetTensorShape(this.pointer, output, dims, dims.length, status);
    check(() => "Telling a traced shape");
  }

  /** Formats an output for error messages: `[2,3] float32`. */
  describe(output: Output): string {
    return `[${this.shape(output)}] ${dtypeName(this.dtype(output))}`;
  }

  /**
   * Creates a function from the graph.
   *
   * @param name Name of the function, unique in the process.
   * @param inputs Its inputs, which are placeholders.
   * @param results Its outputs.
   * @returns TensorFlow's function; delete it with `TF_DeleteFunction`.
   */
  toFunction(
    name: string,
    inputs: readonly Output[],
    results: readonly Output[],
  ): Deno.PointerValue {
    const { core, status, check } = this.#library;
    // A function may not return an input directly, nor the same value twice.
    const returned = results.map((result) => {
      const node = this.node("Identity");
      node.input(result);
      return outputOf(node.finish(() => "Identity"), 0);
    });
    const made = core.TF_GraphToFunction(
      this.pointer,
      cString(name),
      0,
      -1,
      null,
      inputs.length,
      joined(inputs),
      returned.length,
      joined(returned),
      null,
      null,
      null,
      status,
    );
    check(() => `Making the traced function ${name}`);
    return made;
  }

  /** Makes a function callable from nodes of the graph. */
  addFunction(made: Deno.PointerValue): void {
    const { core, status, check } = this.#library;
    core.TF_GraphCopyFunction(this.pointer, made, null, status);
    check(() => "Nesting a traced function");
  }

  /** Frees the graph. */
  close(): void {
    this.#library.core.TF_DeleteGraph(this.pointer);
  }
}

/** Returns a reference to an output of a node. */
export function outputOf(node: Deno.PointerValue, index: number): Output {
  const output = new Uint8Array(OUTPUT_SIZE);
  const view = new DataView(output.buffer);
  view.setBigUint64(0, BigInt(Deno.UnsafePointer.value(node)), true);
  view.setInt32(8, index, true);
  return output;
}

/** The node of an output. */
function nodeOf(output: Output): Deno.PointerValue {
  return Deno.UnsafePointer.create(new DataView(output.buffer).getBigUint64(0, true));
}

/** Concatenates outputs into an array for the C API. */
export function joined(outputs: readonly Output[]): Output {
  const all = new Uint8Array(outputs.length * OUTPUT_SIZE);
  outputs.forEach((output, i) => all.set(output, i * OUTPUT_SIZE));
  return all;
}
