/**
 * Recording operations in a TensorFlow graph, instead of running them, to create a function.
 *
 * @module
 */
import { RecordedInputs } from "./recorded_inputs.ts";
import { EngineError } from "../../core/errors.ts";
import type { AttributeValue } from "./attributes.ts";
import { DTYPE } from "./dtypes.ts";
import { type Eager, undeclared } from "./eager.ts";
import { argumentLengths, type Executor, type Metadata, type Read } from "./executor.ts";
import { FUSED, isFusible } from "./fusible.ts";
import { Graph, joined, type Output, outputOf } from "./graph.ts";
import type { Library } from "./library.ts";
import type { OpDef } from "./op_def.ts";
import { timeGraph } from "./session.ts";
import { expectRank } from "../../core/shape.ts";
import type { NodeTime } from "./step_stats.ts";
import type { Values } from "./tensors.ts";

/**
 * Attribute of additions that TensorFlow is not to join to one AddN. Which of three or more terms AddN adds first
 * depends on whose memory is free when it runs, so that a step would not repeat bit for bit.
 */
const NOT_JOINED = "_grappler_ArithmeticOptimizer_AddOpsRewriteStage";

/** Options of a recording. */
export interface RecordOptions {
  /** Whether TensorFlow will store activations and the operands of convolutions in bfloat16. */
  readonly bfloat16: boolean;
}

/** A function recorded within another recording, and called from it. */
export interface NestedFunction {
  /** Name in TensorFlow. */
  readonly name: string;
  /** Values captured from the enclosing recording, passed after the declared inputs. */
  readonly captured: readonly Output[];
  /** Shapes and data types of its outputs. */
  readonly results: readonly Omit<Metadata, "id">[];
}

/** Records operations on symbolic tensors. */
export class Recorder implements Executor {
  readonly #library: Library;
  readonly #eager: Eager;
  readonly #definition: (name: string) => OpDef;
  readonly #nextId: () => number;
  readonly #outer: Recorder | undefined;
  readonly #graph: Graph;
  readonly #outputs = new Map<number, Output>();
  readonly #inputs: RecordedInputs;
  readonly #functions: string[] = [];
  #finished = false;
  /** Whether TensorFlow will store activations and the operands of convolutions in bfloat16. */
  readonly bfloat16: boolean;
  /** Whether functions within the recorded one are recorded as separate functions; otherwise they become part of it. */
  readonly isNestable: boolean = true;

  /**
   * @param library The loaded library.
   * @param eager Eager execution, which owns the real tensors.
   * @param definition Definitions of operations.
   * @param nextId Generates a new tensor id.
   * @param options Options, and the enclosing recording.
   */
  constructor(
    library: Library,
    eager: Eager,
    definition: (name: string) => OpDef,
    nextId: () => number,
    { bfloat16, outer }: RecordOptions & { outer?: Recorder },
  ) {
    this.#library = library;
    this.#eager = eager;
    this.#definition = definition;
    this.#nextId = nextId;
    this.bfloat16 = bfloat16;
    this.#outer = outer;
    this.#graph = new Graph(library);
    this.#inputs = new RecordedInputs(library, this.#graph, eager, outer);
  }

  /** Names of the functions that were recorded within this recording. */
  get functions(): readonly string[] {
    return this.#functions;
  }

  /**
   * Declares an input of the function with the shape and type of a tensor from outside.
   *
   * @param id Id of the tensor.
   * @returns The symbolic tensor that represents it.
   */
  input(id: number): Metadata {
    return this.#known(this.#inputs.declare(id));
  }

  /**
   * Returns the output that represents a tensor; one from before the recording becomes an additional input.
   *
   * @param id Id of the tensor.
   * @returns The output.
   */
  source(id: number): Output {
    return this.#outputs.get(id) ?? this.#inputs.placeholderOf(id);
  }

  /**
   * Describes a tensor.
   *
   * @param id Id of the tensor.
   * @returns Its shape and data type.
   */
  describe(id: number): Omit<Metadata, "id"> {
    const output = this.source(id);
    return { shape: this.#graph.shape(output), dtype: this.#graph.dtype(output) };
  }

  create(shape: readonly number[], dtype: number, values: Values): number {
    return this.#known(this.#graph.constant(shape, dtype, values)).id;
  }

  delete(id: number): void {
    if (!this.#outputs.delete(id)) (this.#outer ?? this.#eager).delete(id);
  }

  read(id: number): Read {
    if (!this.#outputs.has(id)) return (this.#outer ?? this.#eager).read(id);
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
    return operation === "AddN" && inputs.length > 1
      ? [this.#sum(inputs)]
      : this.#record(operation, attributes, inputs, outputs);
  }

  #record(
    operation: string,
    attributes: Iterable<readonly [string, AttributeValue]>,
    inputs: readonly number[],
    outputs: number,
  ): Metadata[] {
    const definition = this.#definition(operation);
    // Captured tensors become placeholders, which must be created before the node that reads them.
    const sources = inputs.map((id) => this.source(id));
    const node = this.#graph.node(operation);
    let next = 0;
    for (const length of argumentLengths(definition, inputs.length, new Map(attributes))) {
      if (length < 0) node.input(sources[next++]);
      else node.inputs(sources.slice(next, next += length));
    }
    for (const [name, value] of attributes) {
      if (definition.inferred.has(name)) continue;
      node.attribute(name, definition.attributes.get(name) ?? undeclared(value), value);
    }
    const fuse = this.bfloat16 && sources.length > 0 &&
      isFusible(operation, this.#graph.shape(sources[0]));
    if (fuse) {
      node.attribute(FUSED, "bool", true);
    }
    if (operation === "AddV2") node.attribute(NOT_JOINED, "bool", true);
    const finished = node.finish(() =>
      `${operation}(${sources.map((source) => this.#graph.describe(source)).join(", ")})`
    );
    const found = this.#library.core.TF_OperationNumOutputs(finished);
    // TensorFlow would read beyond the outputs that the node has.
    if (outputs > found) {
      throw new EngineError(`Expected ${operation} to have ${outputs} outputs but found ${found}`);
    }
    return Array.from({ length: outputs }, (_, index) => this.#known(outputOf(finished, index)));
  }

  /** Adds two or more terms in their order. */
  #sum([first, ...rest]: readonly number[]): Metadata {
    const add = (one: number, other: number) => this.#record("AddV2", [], [one, other], 1)[0];
    return rest.slice(1).reduce((sum, term) => add(sum.id, term), add(first, rest[0]));
  }

  /**
   * Creates a function from the recording and registers it in the eager context.
   *
   * @param name Name of the function, unique in the process.
   * @param results Ids of its output tensors.
   * @returns Handles of the captured tensors, to pass after the declared inputs; owned by the caller.
   */
  finish(name: string, results: readonly number[]): Deno.PointerObject[] {
    this.#library.core.TF_DeleteFunction(this.#toFunction(name, results));
    return this.#inputs.handles();
  }

  /**
   * Creates a nested function, to be called from the enclosing recording.
   *
   * @param name Name of the function, unique in the process.
   * @param results Ids of its output tensors.
   * @returns The function, for {@linkcode call} of the enclosing recording.
   */
  finishNested(name: string, results: readonly number[]): NestedFunction {
    const made = this.#toFunction(name, results);
    const outer = this.#outer!;
    try {
      outer.#graph.addFunction(made);
    } finally {
      this.#library.core.TF_DeleteFunction(made);
    }
    outer.#functions.push(name, ...this.#functions);
    return {
      name,
      captured: this.#inputs.sources(),
      results: results.map((id) => this.describe(id)),
    };
  }

  /**
   * Calls a function that was recorded within this recording.
   *
   * @param nested Function from {@linkcode finishNested}.
   * @param inputs Ids of the tensors for its declared inputs.
   * @param xla Whether XLA compiles the whole function.
   * @returns Its outputs.
   */
  call(
    { name, captured, results }: NestedFunction,
    inputs: readonly number[],
    xla: boolean,
  ): Metadata[] {
    const node = this.#graph.node("PartitionedCall");
    node.inputs([...inputs.map((id) => this.source(id)), ...captured]);
    node.attribute("f", "func", name);
    node.attribute("Tout", "list(type)", results.map(({ dtype }) => dtype));
    if (xla) node.attribute("_XlaMustCompile", "bool", true);
    return this.#results(node.finish(() => name), results);
  }

  /**
   * Repeats a function that was recorded within this recording, as long as another one is true of its inputs.
   *
   * @param condition Function from the inputs to a bool.
   * @param body Function from the inputs to as many results of the same shapes and data types.
   * @param inputs Ids of the first inputs.
   * @returns The last results, or the inputs if the condition does not hold for them.
   */
  loop(condition: NestedFunction, body: NestedFunction, inputs: readonly number[]): Metadata[] {
    if (condition.captured.length + body.captured.length > 0) {
      throw new EngineError("Expected a loop to read only its inputs but found another tensor");
    }
    const node = this.#graph.node("StatelessWhile");
    node.inputs(inputs.map((id) => this.source(id)));
    node.attribute("cond", "func", condition.name);
    node.attribute("body", "func", body.name);
    // The results of an iteration are needed by the next one, so more at a time would only take memory.
    node.attribute("parallel_iterations", "int", 1);
    // As a part of the graph the body is optimised with it; a function called by a kernel is not.
    node.attribute("_lower_using_switch_merge", "bool", true);
    return this.#results(node.finish(() => body.name), body.results);
  }

  /**
   * Runs the recorded graph, instead of creating a function, and times its operations.
   *
   * @param inputs Ids of the real tensors for the declared inputs, in their order.
   * @param results Ids of the tensors to compute.
   * @param config A serialised `ConfigProto`.
   * @param runs Number of runs; only the last is timed.
   * @returns The operations of the last run.
   */
  time(
    inputs: readonly number[],
    results: readonly number[],
    config: Uint8Array<ArrayBuffer>,
    runs: number,
  ): NodeTime[] {
    const { core, framework, status } = this.#library;
    const outputs = results.map((id) => this.source(id));
    const handles = [...inputs.map((id) => this.#eager.handle(id)), ...this.#inputs.handles()];
    const values = handles.map((handle) => core.TFE_TensorHandleResolve(handle, status));
    try {
      return timeGraph(this.#library, {
        graph: this.#graph.pointer,
        inputs: joined(this.#inputs.placeholders),
        values,
        results: joined(outputs),
        count: outputs.length,
        config,
      }, runs);
    } finally {
      for (const value of values) framework.TF_DeleteTensor(value);
    }
  }

  /** Frees the graph, and the captured tensors if no function was created. */
  close(): void {
    if (!this.#finished) {
      for (const handle of this.#inputs.handles()) {
        this.#library.core.TFE_DeleteTensorHandle(handle);
      }
    }
    this.#graph.close();
  }

  /** Creates the function and registers it in the eager context. */
  #toFunction(name: string, results: readonly number[]): Deno.PointerValue {
    const { core, status, check } = this.#library;
    const returned = results.map((id) => this.source(id));
    const made = this.#graph.toFunction(name, this.#inputs.placeholders, returned);
    core.TFE_ContextAddFunction(this.#eager.context, made, status);
    check(() => `Adding the traced function ${name}`);
    this.#finished = true;
    return made;
  }

  /** Outputs of a node that calls functions, whose shapes TensorFlow does not infer. */
  #results(node: Deno.PointerValue, results: NestedFunction["results"]): Metadata[] {
    return results.map(({ shape }, index) => {
      const output = outputOf(node, index);
      this.#graph.setShape(output, shape);
      return this.#known(output);
    });
  }

  /** Assigns an id to an output. */
  #known(output: Output): Metadata {
    const shape = this.#graph.shape(output);
    expectRank(shape);
    const id = this.#nextId();
    this.#outputs.set(id, output);
    const dtype = this.#graph.dtype(output);
    return { id, shape, dtype: dtype === DTYPE.bfloat16 ? DTYPE.float32 : dtype };
  }
}
