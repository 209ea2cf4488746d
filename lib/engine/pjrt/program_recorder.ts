/**
 * Recording a function as a list of operations, to be lowered to another compiler's language.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import type { AttributeValue } from "../tensorflow/attributes.ts";
import { DTYPE, dtypeName } from "../tensorflow/dtypes.ts";
import type { Metadata } from "../tensorflow/executor.ts";
import { Recorder } from "../tensorflow/recorder.ts";
import type { Values } from "../tensorflow/tensors.ts";
import type { Element, Type } from "./lowering/value.ts";
import type { RecordedOperation, RecordedProgram, Source } from "./recorded_program.ts";

/** Element types by TensorFlow's data type code. */
const ELEMENT = new Map<number, Element>([
  [DTYPE.float32, "f32"],
  [DTYPE.int32, "i32"],
  [DTYPE.bool, "i1"],
  [DTYPE.int64, "i64"],
]);

/**
 * A recorder that lists the operations. TensorFlow's graph beside the list checks them and infers their shapes, as for
 * functions that TensorFlow runs itself.
 */
export class ProgramRecorder extends Recorder {
  override readonly isNestable = false;
  readonly #inputs: Type[] = [];
  readonly #operations: RecordedOperation[] = [];
  readonly #sources = new Map<number, Source>();
  /** Symbolic tensors by the tensor from outside that they represent. */
  readonly #captured = new Map<number, number>();

  override input(id: number): Metadata {
    const found = super.input(id);
    this.#sources.set(found.id, { kind: "input", index: this.#inputs.push(typeOf(found)) - 1 });
    return found;
  }

  override create(shape: readonly number[], dtype: number, values: Values): number {
    const id = super.create(shape, dtype, values);
    const copied = ArrayBuffer.isView(values) ? (values as Uint8Array).slice() : values;
    this.#sources.set(id, { kind: "constant", type: typeOf({ shape, dtype }), values: copied });
    return id;
  }

  override execute(
    operation: string,
    attributes: Iterable<readonly [string, AttributeValue]>,
    inputs: readonly number[],
    outputs: number,
  ): Metadata[] {
    const given = new Map(attributes), own = inputs.map((id) => this.#inside(id));
    const results = super.execute(operation, given, own, outputs);
    const recorded: RecordedOperation = {
      operation,
      attributes: given,
      inputs: own.map((id) => this.#sources.get(id)!),
      outputs: results.map(typeOf),
    };
    this.#operations.push(recorded);
    for (const [index, { id }] of results.entries()) {
      this.#sources.set(id, { kind: "result", operation: recorded, index });
    }
    return results;
  }

  /**
   * Returns what was recorded.
   *
   * @param results Ids of the outputs.
   * @returns The function.
   */
  program(results: readonly number[]): RecordedProgram {
    const outputs = results.map((id) => this.#sources.get(this.#inside(id))!);
    return {
      inputs: this.#inputs,
      captured: [...this.#captured.keys()],
      operations: this.#operations,
      outputs,
    };
  }

  /** Returns the symbolic tensor of an id; a tensor from outside becomes an additional input. */
  #inside(id: number): number {
    if (this.#sources.has(id)) return id;
    let own = this.#captured.get(id);
    if (own === undefined) this.#captured.set(id, own = this.input(id).id);
    return own;
  }
}

function typeOf({ shape, dtype }: { shape: readonly number[]; dtype: number }): Type {
  const element = ELEMENT.get(dtype);
  if (!element) {
    throw new EngineError(
      `Expected float32, int32 or bool in a function for an accelerator but found ${
        dtypeName(dtype)
      }`,
    );
  }
  if (shape.some((length) => length < 0)) {
    throw new EngineError(
      `Expected shapes that depend only on shapes in a function for an accelerator but found [${shape}]`,
    );
  }
  return { shape, element };
}
