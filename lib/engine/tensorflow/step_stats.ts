/**
 * Parsing of TensorFlow's timings of the operations of a graph.
 *
 * @module
 */
import { dtypeName } from "./dtypes.ts";
import { fields, text } from "./protobuf.ts";

/** Time of one operation in one run. */
export interface NodeTime {
  /** Name of the operation that ran, after TensorFlow's graph optimisation: `Conv2D`, `_MklNativeConv2D`, … */
  readonly operation: string;
  /** Data type of its first output. */
  readonly dtype: string;
  /** Shape of its first output. */
  readonly shape: readonly number[];
  /** Milliseconds in the operation's kernel. */
  readonly milliseconds: number;
}

/**
 * Reads a serialised `RunMetadata` (`tensorflow/core/protobuf/config.proto`, `step_stats.proto`).
 *
 * @param bytes The message.
 * @returns Its operations in TensorFlow's order.
 */
export function nodeTimes(bytes: Uint8Array): NodeTime[] {
  const times: NodeTime[] = [];
  for (const stats of all(bytes, 1)) {
    for (const device of all(stats, 1)) {
      for (const node of all(device, 2)) times.push(nodeTime(node));
    }
  }
  return times;
}

/** Reads a `NodeExecStats`. */
function nodeTime(bytes: Uint8Array): NodeTime {
  const parts = new Map([...fields(bytes)].reverse());
  const [start, end] = [14, 15].map((field) => Number(parts.get(field) ?? 0));
  // "n12 = Conv2D(n3, n4)"
  const operation = /= ([^(]+)\(/.exec(text(parts.get(8)))?.[1] ?? text(parts.get(1));
  const output = parts.get(7);
  const description = output instanceof Uint8Array ? first(output, 3) : undefined;
  return {
    operation,
    dtype: description ? dtypeName(Number(new Map(fields(description)).get(1) ?? 0)) : "",
    shape: description ? dimensions(first(description, 2)) : [],
    milliseconds: (end - start) / 1e6,
  };
}

/** Reads a `TensorShapeProto`. */
function dimensions(shape: Uint8Array | undefined): number[] {
  if (!shape) return [];
  return all(shape, 2).map((dimension) => Number(new Map(fields(dimension)).get(1) ?? 0));
}

function all(bytes: Uint8Array, field: number): Uint8Array[] {
  return [...fields(bytes)].filter(([found]) => found === field).map(([, value]) =>
    value as Uint8Array
  );
}

function first(bytes: Uint8Array, field: number): Uint8Array | undefined {
  return all(bytes, field)[0];
}
