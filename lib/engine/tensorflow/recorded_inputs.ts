/**
 * Inputs of a recorded function: those that it declares, and tensors from outside that it captures.
 *
 * @module
 */
import type { Eager } from "./eager.ts";
import type { Metadata } from "./executor.ts";
import type { Graph, Output } from "./graph.ts";
import type { Library } from "./library.ts";

/** The part of the enclosing recording that inputs refer to. */
export interface EnclosingRecording {
  /** Returns the output that represents a tensor. */
  source(id: number): Output;
  /** Returns the shape and data type of a tensor. */
  describe(id: number): Omit<Metadata, "id">;
}

/** A captured tensor: its placeholder and its origin. */
interface Captured {
  placeholder: Output;
  /** A separate handle of a real tensor, owned by the function. */
  handle?: Deno.PointerObject;
  /** The symbolic tensor of the enclosing recording. */
  source?: Output;
}

/** The inputs of a recording, in the order in which they were added. */
export class RecordedInputs {
  readonly #library: Library;
  readonly #graph: Graph;
  readonly #eager: Eager;
  readonly #outer: EnclosingRecording | undefined;
  readonly #placeholders: Output[] = [];
  readonly #captured = new Map<number, Captured>();

  /**
   * @param library The loaded library.
   * @param graph Graph of the recording.
   * @param eager Eager execution, which owns the real tensors.
   * @param outer The enclosing recording, if any.
   */
  constructor(library: Library, graph: Graph, eager: Eager, outer?: EnclosingRecording) {
    this.#library = library;
    this.#graph = graph;
    this.#eager = eager;
    this.#outer = outer;
  }

  /** Placeholders of all inputs. */
  get placeholders(): readonly Output[] {
    return this.#placeholders;
  }

  /**
   * Adds an input with the shape and type of a tensor from outside.
   *
   * @param id Id of the tensor.
   * @returns Its placeholder.
   */
  declare(id: number): Output {
    const { dtype, shape } = (this.#outer ?? this.#eager).describe(id);
    const placeholder = this.#graph.placeholder(dtype, shape);
    this.#placeholders.push(placeholder);
    return placeholder;
  }

  /**
   * Returns the placeholder of a tensor from before the recording, which becomes an additional input.
   *
   * @param id Id of the tensor; a handle keeps a real one alive.
   * @returns The placeholder, the same for every call.
   */
  placeholderOf(id: number): Output {
    const known = this.#captured.get(id);
    if (known) return known.placeholder;
    const captured: Captured = { placeholder: this.declare(id) };
    if (this.#outer) captured.source = this.#outer.source(id);
    else {
      const { core, status, check } = this.#library;
      captured.handle = core.TFE_TensorHandleCopySharingTensor(this.#eager.handle(id), status)!;
      check(() => "Capturing a tensor");
    }
    this.#captured.set(id, captured);
    return captured.placeholder;
  }

  /** Returns the handles of captured real tensors. */
  handles(): Deno.PointerObject[] {
    return Array.from(this.#captured.values()).flatMap(({ handle }) => handle ?? []);
  }

  /** Returns the captured tensors of the enclosing recording. */
  sources(): Output[] {
    return Array.from(this.#captured.values(), ({ source }) => source!);
  }
}
