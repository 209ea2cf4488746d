/**
 * Capturing what a function computes as a graph, on any backend.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { tf } from "../../deps/tfjs.ts";
import type { Attribute, ComputationGraph, Constant, GraphNode, Value } from "./graph.ts";

/** Kernels get tensors, of which these parts count. */
type Info = Pick<tf.Tensor, "dataId" | "shape" | "dtype">;

/** A graph under construction. */
class Capture {
  /** @param running Name of the backend that computes. */
  constructor(readonly running: string) {}

  readonly nodes: GraphNode[] = [];
  /** Values by where their elements are: reshaping gives the same elements another shape. */
  readonly #values = new WeakMap<object, Map<string, Value>>();

  /** Makes a tensor known as one that depends on the inputs. */
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

  /** Notes an operation, unless all that it reads is constant. */
  add(
    operation: string,
    attributes: Readonly<Record<string, Attribute>>,
    inputs: Readonly<Record<string, Info>>,
    outputs: readonly Info[],
  ): void {
    const entries = Object.entries(inputs).filter(([, info]) => info !== undefined);
    if (!entries.some(([, info]) => this.known(info))) return;
    // The same elements in the same shape are the same value, as of a clone, which some backends copy.
    if (outputs.every((info) => this.known(info))) return;
    if (operation === "Identity") return this.#keep(outputs[0], this.known(entries[0][1])!);
    const read = entries.map(([name, info]) => [name, this.known(info) ?? constant(info)] as const);
    const made = outputs.map((info) => this.value(info));
    this.nodes.push({ operation, attributes, inputs: Object.fromEntries(read), outputs: made });
  }
}

function constant({ dataId, shape, dtype }: Info): Value {
  // Its own elements: those that a backend reads out may be a view of its memory.
  const constant = tf.backend().readSync(dataId).slice() as Constant;
  return { shape: [...shape], dtype, constant };
}

let current: Capture | undefined;
/** Name of the backend that computes while a node is being made. */
let beneath: string | undefined;

/**
 * The backend whose own operations may be used right now.
 *
 * @returns Its name. While kernels are noted one by one it is one without operations of its own.
 */
export function backendName(): string {
  return beneath ?? tf.getBackend();
}

/**
 * Runs a composite operation so that graphs hold it as one node, however a backend computes it.
 *
 * @param operation Its name.
 * @param attributes Its settings.
 * @param inputs Tensors that it reads, by name.
 * @param compute The operation.
 * @returns What `compute` returns.
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
 * Captures the operations between some tensors and what a function makes of them. What does not depend on them
 * becomes constants.
 *
 * @param fn A pure function.
 * @param inputs What it is called with; they stay the caller's.
 * @returns The graph, with operations that the outputs need, for inputs of just these shapes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../../deps/tfjs.ts";
 * import { engine } from "../engine.ts";
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

/** Makes a backend the running one at once, as that of one which has started is. */
function choose(backend: string): void {
  tf.setBackend(backend);
  if (tf.getBackend() === backend) return;
  throw new EngineError(`Expected the backend ${backend} to run but found ${tf.getBackend()}`);
}

/** The nodes that some values need. */
function needed(nodes: readonly GraphNode[], ends: readonly Value[]): GraphNode[] {
  const wanted = new Set<Value>(ends);
  return nodes.toReversed().filter(({ inputs, outputs }) => {
    if (!outputs.some((output) => wanted.has(output))) return false;
    for (const input of Object.values(inputs)) wanted.add(input);
    return true;
  }).reverse();
}

/** The name of a backend that computes as another one does, in its memory, and notes every kernel. */
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
