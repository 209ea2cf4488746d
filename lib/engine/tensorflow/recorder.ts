/**
 * Recording operations in a TensorFlow graph instead of running them, to make a function of them.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { type AttributeValue, graphAttributes } from "./attributes.ts";
import { DTYPE, dtypeName } from "./dtypes.ts";
import { type Eager, undeclared } from "./eager.ts";
import { argumentLengths, type Executor, type Metadata, type Read } from "./executor.ts";
import { cString, type Library } from "./library.ts";
import type { OpDef } from "./op_def.ts";
import { timeGraph } from "./session.ts";
import type { NodeTime } from "./step_stats.ts";
import { newTensor, type Values } from "./tensors.ts";

/** A `TF_Output`: pointer to the node, index of its output. */
type Output = Uint8Array<ArrayBuffer>;

const OUTPUT_SIZE = 16;

/** Records operations on symbolic tensors. */
export class Recorder implements Executor {
  readonly #library: Library;
  readonly #eager: Eager;
  readonly #definition: (name: string) => OpDef;
  readonly #setAttribute: ReturnType<typeof graphAttributes>;
  readonly #nextId: () => number;
  readonly #graph: Deno.PointerValue;
  readonly #outputs = new Map<number, Output>();
  readonly #inputs: Output[] = [];
  readonly #captured = new Map<number, { placeholder: Output; handle: Deno.PointerObject }>();
  #nodes = 0;
  #finished = false;

  /**
   * @param library The loaded library.
   * @param eager Where real tensors live.
   * @param definition Definitions of operations.
   * @param nextId Gives every tensor a new number.
   */
  constructor(
    library: Library,
    eager: Eager,
    definition: (name: string) => OpDef,
    nextId: () => number,
  ) {
    this.#library = library;
    this.#eager = eager;
    this.#definition = definition;
    this.#setAttribute = graphAttributes(library);
    this.#nextId = nextId;
    this.#graph = library.core.TF_NewGraph();
  }

  /** Number of operations recorded so far. */
  get nodes(): number {
    return this.#nodes;
  }

  /**
   * Declares an input of the function, shaped like a real tensor.
   *
   * @param id Number of the real tensor.
   * @returns The symbolic tensor that stands for it.
   */
  input(id: number): Metadata {
    return this.#describeOutput(this.#placeholder(this.#eager.handle(id)), 0);
  }

  create(shape: readonly number[], dtype: number, values: Values): number {
    const { core, framework, status } = this.#library;
    const node = this.#newNode("Const");
    const tensor = newTensor(this.#library, shape, dtype, values);
    core.TF_SetAttrType(node, cString("dtype"), dtype);
    core.TF_SetAttrTensor(node, cString("value"), tensor, status);
    framework.TF_DeleteTensor(tensor);
    this.#library.check(() => "Recording a constant");
    return this.#describeOutput(this.#finish(node, () => "Const"), 0).id;
  }

  delete(id: number): void {
    if (!this.#outputs.delete(id)) this.#eager.delete(id);
  }

  read(id: number): Read {
    if (!this.#outputs.has(id)) return this.#eager.read(id);
    throw new EngineError(
      "Expected a traced function not to read values but one was asked for (dataSync, arraySync, data): " +
        "return the tensor and read it outside",
    );
  }

  execute(
    operation: string,
    attributes: Iterable<readonly [string, AttributeValue]>,
    inputs: readonly number[],
    outputs: number,
  ): Metadata[] {
    const { core } = this.#library;
    const definition = this.#definition(operation);
    // Captured tensors become placeholders, so they come before the node that reads them.
    const sources = inputs.map((id) => this.#source(id));
    const node = this.#newNode(operation);
    let next = 0;
    for (const length of argumentLengths(definition, inputs.length, new Map(attributes))) {
      if (length < 0) core.TF_AddInput(node, sources[next++]);
      else {
        core.TF_AddInputList(node, joined(sources.slice(next, next + length)), length);
        next += length;
      }
    }
    for (const [name, value] of attributes) {
      if (definition.inferred.has(name)) continue;
      const type = definition.attributes.get(name) ?? undeclared(value);
      this.#setAttribute(node, name, type, value);
    }
    const described = () =>
      `${operation}(${sources.map((source) => this.#describeSource(source)).join(", ")})`;
    const finished = this.#finish(node, described);
    return Array.from({ length: outputs }, (_, index) => this.#describeOutput(finished, index));
  }

  /**
   * Makes a function of what was recorded and gives it to the eager context.
   *
   * @param name Name of the function, unique in the process.
   * @param results Numbers of the tensors it returns.
   * @returns Handles of the captured tensors, which follow the declared inputs; they belong to the caller.
   */
  finish(name: string, results: readonly number[]): Deno.PointerObject[] {
    const { core, status } = this.#library;
    // A function may not return its own input, nor one value twice.
    const returned = results.map((id) => {
      const node = this.#newNode("Identity");
      core.TF_AddInput(node, this.#source(id));
      return outputOf(this.#finish(node, () => "Identity"), 0);
    });
    const made = core.TF_GraphToFunction(
      this.#graph,
      cString(name),
      0,
      -1,
      null,
      this.#inputs.length,
      joined(this.#inputs),
      returned.length,
      joined(returned),
      null,
      null,
      null,
      status,
    );
    this.#library.check(() => `Making the traced function ${name}`);
    core.TFE_ContextAddFunction(this.#eager.context, made, status);
    core.TF_DeleteFunction(made);
    this.#library.check(() => `Adding the traced function ${name}`);
    this.#finished = true;
    return Array.from(this.#captured.values(), ({ handle }) => handle);
  }

  /**
   * Runs what was recorded, instead of making a function of it, and times its operations.
   *
   * @param inputs Numbers of the real tensors that stand for the declared inputs, in their order.
   * @param results Numbers of the tensors to compute.
   * @param config A serialised `ConfigProto`.
   * @param runs Number of runs, the last of them timed.
   * @returns The operations of the last run.
   */
  time(
    inputs: readonly number[],
    results: readonly number[],
    config: Uint8Array<ArrayBuffer>,
    runs: number,
  ): NodeTime[] {
    const { core, framework, status } = this.#library;
    const outputs = results.map((id) => this.#source(id));
    const handles = [
      ...inputs.map((id) => this.#eager.handle(id)),
      ...Array.from(this.#captured.values(), ({ handle }) => handle),
    ];
    const values = handles.map((handle) => core.TFE_TensorHandleResolve(handle, status));
    try {
      return timeGraph(this.#library, {
        graph: this.#graph,
        inputs: joined(this.#inputs),
        values,
        results: joined(outputs),
        count: outputs.length,
        config,
      }, runs);
    } finally {
      for (const value of values) framework.TF_DeleteTensor(value);
    }
  }

  /** Frees the graph, and what it captured if no function was made of it. */
  close(): void {
    const { core } = this.#library;
    if (!this.#finished) {
      for (const { handle } of this.#captured.values()) core.TFE_DeleteTensorHandle(handle);
    }
    core.TF_DeleteGraph(this.#graph);
  }

  #source(id: number): Output {
    return this.#outputs.get(id) ?? this.#captured.get(id)?.placeholder ?? this.#capture(id);
  }

  /** A tensor made before the trace becomes one more input, kept alive by a handle of the function's own. */
  #capture(id: number): Output {
    const { core, status } = this.#library;
    const handle = this.#eager.handle(id);
    const placeholder = outputOf(this.#placeholder(handle), 0);
    const kept = core.TFE_TensorHandleCopySharingTensor(handle, status);
    this.#library.check(() => "Capturing a tensor");
    this.#captured.set(id, { placeholder, handle: kept! });
    return placeholder;
  }

  #placeholder(handle: Deno.PointerObject): Deno.PointerValue {
    const node = this.#newNode("Placeholder");
    this.#setAttribute(node, "dtype", "type", this.#eager.dtype(handle));
    this.#setAttribute(node, "shape", "shape", this.#eager.shape(handle));
    const finished = this.#finish(node, () => "Placeholder");
    this.#inputs.push(outputOf(finished, 0));
    return finished;
  }

  #newNode(operation: string): Deno.PointerValue {
    const name = new TextEncoder().encode(`n${this.#nodes++}\0`);
    return this.#library.core.TF_NewOperation(this.#graph, cString(operation), name);
  }

  #finish(node: Deno.PointerValue, described: () => string): Deno.PointerValue {
    const finished = this.#library.core.TF_FinishOperation(node, this.#library.status);
    this.#library.check(described);
    return finished;
  }

  #describeOutput(node: Deno.PointerValue, index: number): Metadata {
    const output = outputOf(node, index);
    const id = this.#nextId();
    this.#outputs.set(id, output);
    const dtype = this.#library.core.TF_OperationOutputType(output);
    return {
      id,
      shape: this.#shape(output),
      dtype: dtype === DTYPE.bfloat16 ? DTYPE.float32 : dtype,
    };
  }

  #shape(output: Output): number[] {
    const { core, status } = this.#library;
    const rank = core.TF_GraphGetTensorNumDims(this.#graph, output, status);
    if (rank <= 0) return [];
    const dims = new BigInt64Array(rank);
    core.TF_GraphGetTensorShape(this.#graph, output, dims, rank, status);
    this.#library.check(() => "Asking for a traced shape");
    return Array.from(dims, Number);
  }

  #describeSource(source: Output): string {
    const dtype = this.#library.core.TF_OperationOutputType(source);
    return `[${this.#shape(source)}] ${dtypeName(dtype)}`;
  }
}

function outputOf(node: Deno.PointerValue, index: number): Output {
  const output = new Uint8Array(OUTPUT_SIZE);
  const view = new DataView(output.buffer);
  view.setBigUint64(0, BigInt(Deno.UnsafePointer.value(node)), true);
  view.setInt32(8, index, true);
  return output;
}

function joined(outputs: readonly Output[]): Output {
  const all = new Uint8Array(outputs.length * OUTPUT_SIZE);
  outputs.forEach((output, i) => all.set(output, i * OUTPUT_SIZE));
  return all;
}
