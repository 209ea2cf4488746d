/**
 * Capturing the computation of a function as a graph, on any backend.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { tf } from "../../deps/tfjs.ts";
import type { Attribute, ComputationGraph, Constant, GraphNode, Value } from "./graph.ts";

/** The part of a kernel's tensors that is used. */
type Info = Pick<tf.Tensor, "dataId" | "shape" | "dtype">;

/** A graph under construction. */
class Capture {
  /** @param running Name of the backend that runs the kernels. */
  constructor(readonly running: string) {}

  readonly nodes: GraphNode[] = [];
  /** Values by data id, then by shape, because a reshaped tensor shares its data id. */
  readonly #values = new WeakMap<object, Map<string, Value>>();

  /** Registers a tensor as dependent on the inputs. */
  value(info: Info): Value {
    const value: Value = { shape: [...info.shape], dtype: info.dtype };
    this.#keep(info, value);
    return value;
  }

  #keep({ dataId, shape }: Info, value: Value): void {
    if (!this.#values.has(dataId)) this.#values.set(dataId, new Map());
    this.#values.get(dataId)!.set(String(shape), value);
  }

  known({ dataId, shape }: Info): Value | undefined {
    return this.#values.get(dataId)?.get(String(shape));
  }

  /** Adds an operation, unless all of its inputs are constant. */
  add(
    operation: string,
    attributes: Readonly<Record<string, Attribute>>,
    inputs: Readonly<Record<string, Info>>,
    outputs: readonly Info[],
  ): void {
    const entries = Object.entries(inputs).filter(([, info]) => info !== undefined);
    if (!entries.some(([, info]) => this.known(info))) return;
    // Clones are the same value: on some backends they share the data id, on others they are copies (Identity).
    if (outputs.every((info) => this.known(info))) return;
    if (operation === "Identity") return this.#keep(outputs[0], this.known(entries[0][1])!);
    const read = entries.map(([name, info]) => [name, this.known(info) ?? constant(info)] as const);
    const made = outputs.map((info) => this.value(info));
    this.nodes.push({ operation, attributes, inputs: Object.fromEntries(read), outputs: made });
  }
}

function constant({ dataId, shape, dtype }: Info): Value {
  // Copied, because readSync may return a view of the backend's memory.
  const constant = tf.backend().readSync(dataId).slice() as Constant;
  return { shape: [...shape], dtype, constant };
}

let current: Capture | undefined;
/** Name of the real backend while a composite operation runs. */
let beneath: string | undefined;

/**
 * Returns the name of the backend whose native operations may currently be used.
 *
 * @returns Its name; while single kernels are captured, that of a capturing backend without native operations.
 */
export function backendName(): string {
  return beneath ?? tf.getBackend();
}

/**
 * Runs a composite operation that is captured as a single node, independent of its implementation.
 *
 * @param operation Name of the operation.
 * @param attributes Attributes of the node.
 * @param inputs Input tensors by name.
 * @param compute Implementation of the operation.
 * @returns The result of `compute`.
 */
export function asNode<T extends tf.Tensor>(
  operation: string,
  attributes: Readonly<Record<string, Attribute>>,
  inputs: Readonly<Record<string, tf.Tensor>>,
  compute: () => T,
): T {
  if (!current) return compute();
  const capture = current;
  current = undefined;
  beneath = capture.running;
  try {
    const y = compute();
    capture.add(operation, attributes, inputs, [y]);
    return y;
  } finally {
    current = capture;
    beneath = undefined;
  }
}

/**
 * Captures the operations from the inputs of a function to its outputs. Values that do not depend on the inputs become
 * constants.
 *
 * @param fn A pure function.
 * @param inputs Arguments of the function; the caller keeps ownership.
 * @returns The graph for inputs of these shapes, without operations that do not contribute to the outputs.
 * @throws {EngineError} If the capturing backend cannot be activated.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const { nodes } = captureGraph((x) => [x.mul(tf.scalar(2).sqrt()).relu()], [tf.ones([3])]);
 * assertEquals(nodes.map(({ operation }) => operation), ["Multiply", "Relu"]);
 * ```
 */
export function captureGraph(
  fn: (...inputs: tf.Tensor[]) => readonly tf.Tensor[],
  inputs: readonly tf.Tensor[],
): ComputationGraph {
  const running = tf.getBackend();
  choose(capturing(running));
  try {
    const capture = current = new Capture(running);
    const starts = inputs.map((input) => capture.value(input));
    let ends: Value[] = [];
    tf.tidy(() => {
      ends = fn(...inputs).map((tensor) => capture.known(tensor) ?? constant(tensor));
    });
    return { inputs: starts, nodes: needed(capture.nodes, ends), outputs: ends };
  } finally {
    current = undefined;
    choose(running);
  }
}

/** Activates a backend synchronously, which works for one that is already initialised. */
function choose(backend: string): void {
  tf.setBackend(backend);
  if (tf.getBackend() === backend) return;
  throw new EngineError(`Expected the backend ${backend} to run but found ${tf.getBackend()}`);
}

/** Returns the nodes on which some values depend. */
function needed(nodes: readonly GraphNode[], ends: readonly Value[]): GraphNode[] {
  const wanted = new Set<Value>(ends);
  return nodes.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((output) => wanted.has(output))) return false;
    for (const input of Object.values(inputs)) wanted.add(input);
    return true;
  }).reverse();
}

/** Registers a backend that shares kernels and memory with another one and captures every call; returns its name. */
function capturing(running: string): string {
  const name = `${running}-capturing`;
  if (tf.findBackendFactory(name)) return name;
  const backend = tf.backend();
  tf.registerBackend(name, () => backend, 0);
  for (const { kernelName, kernelFunc } of tf.getKernelsForBackend(running)) {
    tf.registerKernel({
      kernelName,
      backendName: name,
      kernelFunc(call) {
        const made = kernelFunc(call);
        current?.add(
          kernelName,
          (call.attrs ?? {}) as Record<string, Attribute>,
          call.inputs as unknown as Record<string, Info>,
          [made].flat() as Info[],
        );
        return made;
      },
    });
  }
  return name;
}
