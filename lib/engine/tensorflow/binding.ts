/**
 * The native binding called by TensorFlow.js's Node kernels, implemented on libtensorflow's C API.
 *
 * @module
 */
import type { AttributeValue } from "./attributes.ts";
import { DTYPE } from "./dtypes.ts";
import { Eager } from "./eager.ts";
import type { Executor, Metadata, Read } from "./executor.ts";
import type { Library } from "./library.ts";
import { type OpDef, opDefs } from "./op_def.ts";
import { newContext } from "./context.ts";
import { Recorder, type RecordOptions } from "./recorder.ts";
import type { Values } from "./tensors.ts";

/** An attribute as passed by TensorFlow.js's kernels. */
export interface KernelAttribute {
  /** Name of the attribute. */
  name: string;
  /** One of the binding's `TF_ATTR_…` constants; ignored in favour of the operation's definition. */
  type: number;
  /** The value. */
  value: unknown;
}

/** The binding required by `NodeJSKernelBackend`, extended to record traced functions. */
export class Binding {
  readonly TF_FLOAT = DTYPE.float32;
  readonly TF_INT32 = DTYPE.int32;
  readonly TF_INT64 = DTYPE.int64;
  readonly TF_BOOL = DTYPE.bool;
  readonly TF_COMPLEX64 = DTYPE.complex64;
  readonly TF_STRING = DTYPE.string;
  readonly TF_RESOURCE = DTYPE.resource;
  readonly TF_UINT8 = DTYPE.uint8;
  readonly TF_ATTR_STRING = 0;
  readonly TF_ATTR_INT = 1;
  readonly TF_ATTR_FLOAT = 2;
  readonly TF_ATTR_BOOL = 3;
  readonly TF_ATTR_TYPE = 4;
  readonly TF_ATTR_SHAPE = 5;
  readonly TF_ATTR_RESOURCE = 6;
  /** TensorFlow's version. */
  readonly TF_Version: string;
  /** The loaded library. */
  readonly library: Library;
  /** Eager execution. */
  readonly eager: Eager;
  readonly #definition: (name: string) => OpDef;
  #lastId = 0;
  #recorder: Recorder | undefined;

  /** @param library The loaded library. */
  constructor(library: Library) {
    this.library = library;
    this.TF_Version = library.version;
    this.#definition = opDefs(library);
    this.eager = new Eager(library, newContext(library), this.#definition, this.#nextId);
  }

  readonly #nextId = (): number => ++this.#lastId;

  /** The current executor: the innermost recorder, else eager execution. */
  get executor(): Executor {
    return this.#recorder ?? this.eager;
  }

  /** The recorder of the function being traced, if any. */
  get recording(): Recorder | undefined {
    return this.#recorder;
  }

  /**
   * Records the operations of a function, nested in the current recording, if any.
   *
   * @param options Options of the recording.
   * @param run Synchronous function whose operations are recorded.
   * @returns The result of `run`.
   */
  record<T>(options: RecordOptions, run: (recorder: Recorder) => T): T {
    return this.recordWith(Recorder, options, run);
  }

  /** Records like {@linkcode Binding.record}, with a recorder of another class. */
  recordWith<T, Kind extends Recorder>(
    kind: new (...args: ConstructorParameters<typeof Recorder>) => Kind,
    options: RecordOptions,
    run: (recorder: Kind) => T,
  ): T {
    const outer = this.#recorder;
    const recorder = new kind(this.library, this.eager, this.#definition, this.#nextId, {
      ...options,
      outer,
    });
    this.#recorder = recorder;
    try {
      return run(recorder);
    } finally {
      this.#recorder = outer;
      recorder.close();
    }
  }

  /** Whether TensorFlow runs on a GPU: accelerators are reached through PJRT instead. */
  isUsingGpuDevice(): boolean {
    return false;
  }

  /** Number of tensors alive. */
  getNumOfTensors(): number {
    return this.eager.size;
  }

  /** Number of saved models loaded; loading them is not supported. */
  getNumOfSavedModels(): number {
    return 0;
  }

  /** Creates a tensor from values and returns its id. */
  createTensor(shape: number[], dtype: number, values: Values): number {
    return this.executor.create(shape, dtype, values);
  }

  /** Frees a tensor. */
  deleteTensor(id: number): void {
    this.executor.delete(id);
  }

  /** Copies a tensor's values. */
  tensorDataSync(id: number): Read {
    return this.executor.read(id);
  }

  /** Runs an operation for TensorFlow.js's kernels. */
  executeOp(
    operation: string,
    attributes: readonly KernelAttribute[],
    inputs: number[],
    outputs: number,
  ): Metadata[] {
    // Add has no bfloat16 kernel; AddV2 is equivalent for numbers.
    const name = operation === "Add" ? "AddV2" : operation;
    return this.executor.execute(
      name,
      attributes.map(({ name, value }) => [name, value as AttributeValue] as const),
      inputs,
      outputs,
    );
  }
}
