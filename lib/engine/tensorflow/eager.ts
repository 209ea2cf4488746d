/**
 * Running operations one by one (TensorFlow's eager mode).
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { type AttributeValue, eagerAttributes } from "./attributes.ts";
import { DTYPE, dtypeName } from "./dtypes.ts";
import { argumentLengths, type Executor, type Metadata, type Read } from "./executor.ts";
import { cString, type Library } from "./library.ts";
import type { OpDef } from "./op_def.ts";
import { type Remote, RemoteTable } from "./remote.ts";
import { expectRank } from "../../core/shape.ts";
import { newTensor, readTensor, type Values } from "./tensors.ts";

/** Eager execution on one context, and the table of its tensors. */
export class Eager implements Executor {
  readonly #library: Library;
  readonly #definition: (name: string) => OpDef;
  readonly #setAttribute: ReturnType<typeof eagerAttributes>;
  readonly #handles = new Map<number, Deno.PointerObject>();
  /** Receives the handles of an operation's outputs; TensorFlow writes as many as it is told to expect. */
  #returned = new BigUint64Array(64);
  readonly #count = new Int32Array(1);
  readonly #nextId: () => number;
  /** TensorFlow's eager context. */
  readonly context: Deno.PointerValue;
  /** Tensors, or copies of them, in the memory of an accelerator. */
  readonly remotes = new RemoteTable();

  /**
   * @param library The loaded library.
   * @param context TensorFlow's eager context.
   * @param definition Definitions of operations.
   * @param nextId Generates a new tensor id.
   */
  constructor(
    library: Library,
    context: Deno.PointerValue,
    definition: (name: string) => OpDef,
    nextId: () => number,
  ) {
    this.#library = library;
    this.#definition = definition;
    this.#setAttribute = eagerAttributes(library);
    this.#nextId = nextId;
    this.context = context;
  }

  /** Number of tensors alive. */
  get size(): number {
    return this.#handles.size + this.remotes.countWithout(this.#handles);
  }

  /** Whether an id belongs to a live tensor. */
  has(id: number): boolean {
    return this.#handles.has(id) || this.remotes.has(id);
  }

  /** Whether the values of a tensor are in the memory of an accelerator only. */
  isOnlyRemote(id: number): boolean {
    return this.remotes.has(id) && !this.#handles.has(id);
  }

  /** Takes ownership of values in the memory of an accelerator, freed with their tensor. */
  adoptRemote(remote: Remote): Metadata {
    const id = this.#nextId(), { shape, dtype } = remote;
    this.remotes.set(id, remote);
    return { id, shape: [...shape], dtype };
  }

  /** Frees the values of a tensor in the memory of an accelerator, which a program has used up. */
  useUp(id: number): void {
    this.remotes.useUp(id, { isElsewhere: this.#handles.has(id) });
  }

  /**
   * Returns TensorFlow's handle of a tensor. Values in the memory of an accelerator are copied to that of the processor.
   *
   * @param id Id of the tensor.
   * @returns The handle.
   * @throws {EngineError} If the tensor was disposed, or used up by a program.
   */
  handle(id: number): Deno.PointerObject {
    const handle = this.#handles.get(id) ?? this.#fetched(id);
    if (!handle) {
      if (this.remotes.isUsedUp(id)) {
        throw new EngineError(
          `Expected a tensor in use but found number ${id}, which a traced function has used up (donates)`,
        );
      }
      throw new EngineError(
        `Expected a living tensor but found number ${id}, which was disposed or belongs to a finished trace`,
      );
    }
    return handle;
  }

  /** Shape of a tensor and TensorFlow's code of its data type. */
  describe(id: number): Omit<Metadata, "id"> {
    const remote = this.remotes.get(id);
    if (remote) return { shape: remote.shape, dtype: remote.dtype };
    const handle = this.handle(id);
    return { shape: this.shape(handle), dtype: this.dtype(handle) };
  }

  /**
   * Takes ownership of a handle.
   *
   * @param handle TensorFlow's handle, deleted with the tensor.
   * @returns Id, shape and data type.
   * @throws {RangeError} If the tensor has too many dimensions; it is deleted.
   */
  adopt(handle: Deno.PointerObject): Metadata {
    const id = this.#nextId(), shape = this.shape(handle);
    try {
      expectRank(shape);
    } catch (error) {
      this.#library.core.TFE_DeleteTensorHandle(handle);
      throw error;
    }
    this.#handles.set(id, handle);
    const dtype = this.dtype(handle);
    return { id, shape, dtype: dtype === DTYPE.bfloat16 ? DTYPE.float32 : dtype };
  }

  /** Shape of the tensor of a handle. */
  shape(handle: Deno.PointerObject): number[] {
    const { core, status } = this.#library;
    const rank = core.TFE_TensorHandleNumDims(handle, status);
    const shape = new Array<number>(rank);
    for (let axis = 0; axis < rank; axis++) {
      shape[axis] = Number(core.TFE_TensorHandleDim(handle, axis, status));
    }
    return shape;
  }

  /** TensorFlow's data type code of a handle; bfloat16 is not reported as float32. */
  dtype(handle: Deno.PointerObject): number {
    return this.#library.core.TFE_TensorHandleDataType(handle);
  }

  create(shape: readonly number[], dtype: number, values: Values): number {
    const id = this.#nextId();
    this.#handles.set(id, this.#newHandle(shape, dtype, values));
    return id;
  }

  #newHandle(shape: readonly number[], dtype: number, values: Values): Deno.PointerObject {
    const { core, framework, status } = this.#library;
    const tensor = newTensor(this.#library, shape, dtype, values);
    const handle = core.TFE_NewTensorHandle(tensor, status);
    framework.TF_DeleteTensor(tensor);
    this.#library.check();
    return handle!;
  }

  /** Copies values from the memory of an accelerator, if they are there. */
  #fetched(id: number): Deno.PointerObject | undefined {
    const remote = this.remotes.get(id);
    if (!remote) return undefined;
    const handle = this.#newHandle(remote.shape, remote.dtype, remote.readNow() as Values);
    this.#handles.set(id, handle);
    return handle;
  }

  delete(id: number): void {
    this.remotes.delete(id);
    const handle = this.#handles.get(id);
    if (!handle) return;
    this.#library.core.TFE_DeleteTensorHandle(handle);
    this.#handles.delete(id);
  }

  read(id: number): Read {
    if (this.isOnlyRemote(id)) return this.remotes.get(id)!.readNow();
    const { core, framework, status } = this.#library;
    const handle = this.handle(id);
    const tensor = core.TFE_TensorHandleResolve(handle, status);
    this.#library.check(() => "Reading a tensor");
    try {
      const size = this.shape(handle).reduce((product, length) => product * length, 1);
      return readTensor(this.#library, tensor, this.dtype(handle), size);
    } finally {
      framework.TF_DeleteTensor(tensor);
    }
  }

  execute(
    operation: string,
    attributes: Iterable<readonly [string, AttributeValue]>,
    inputs: readonly number[],
    outputs: number,
  ): Metadata[] {
    const { core, status } = this.#library;
    const definition = this.#definition(operation);
    const op = core.TFE_NewOp(this.context, cString(operation), status);
    const described = () => this.#describe(operation, inputs);
    this.#library.check(described);
    try {
      this.#addInputs(op, definition, attributes, inputs, described);
      for (const [name, value] of attributes) {
        if (definition.inferred.has(name)) continue;
        const type = definition.attributes.get(name) ?? undeclared(value);
        this.#setAttribute(op, name, type, value);
      }
      if (outputs > this.#returned.length) this.#returned = new BigUint64Array(outputs);
      this.#count[0] = outputs;
      core.TFE_Execute(op, this.#returned, this.#count, status);
      this.#library.check(described);
      const results: Metadata[] = [];
      for (let i = 0; i < this.#count[0]; i++) {
        results.push(this.adopt(Deno.UnsafePointer.create(this.#returned[i])!));
      }
      return results;
    } finally {
      core.TFE_DeleteOp(op);
    }
  }

  #addInputs(
    op: Deno.PointerValue,
    definition: OpDef,
    attributes: Iterable<readonly [string, AttributeValue]>,
    inputs: readonly number[],
    described: () => string,
  ): void {
    const { core, status } = this.#library;
    for (const id of inputs) core.TFE_OpAddInput(op, this.handle(id), status);
    this.#library.check(described);
    if (!definition.inputs.some((input) => input.numberAttribute || input.typeListAttribute)) {
      return;
    }
    // From the first list on, TensorFlow no longer infers attributes from inputs.
    let next = 0;
    argumentLengths(definition, inputs.length, new Map(attributes)).forEach((length, i) => {
      const { numberAttribute, typeAttribute, typeListAttribute } = definition.inputs[i];
      const types = inputs.slice(next, next + Math.abs(length)).map((id) =>
        this.dtype(this.handle(id))
      );
      next += types.length;
      if (numberAttribute) this.#setAttribute(op, numberAttribute, "int", length);
      if (typeListAttribute) this.#setAttribute(op, typeListAttribute, "list(type)", types);
      if (typeAttribute && types.length > 0) {
        this.#setAttribute(op, typeAttribute, "type", types[0]);
      }
    });
  }

  /** Formats a call for error messages: `MatMul([2,3] float32, [4,5] float32)`. */
  #describe(operation: string, inputs: readonly number[]): string {
    const shapes = inputs.map((id) => {
      const handle = this.#handles.get(id);
      return handle ? `[${this.shape(handle)}] ${dtypeName(this.dtype(handle))}` : "disposed";
    });
    return `${operation}(${shapes.join(", ")})`;
  }
}

/** Returns the type of an attribute that is not in the definition, such as `_kernel`, from its value. */
export function undeclared(value: AttributeValue): string {
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return "int";
  return "string";
}
