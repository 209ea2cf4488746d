/**
 * Running a recorded graph in a session, TensorFlow's only interface that reports the time of every operation.
 *
 * @module
 */
import { bytesIn, type Library } from "./library.ts";
import { type NodeTime, nodeTimes } from "./step_stats.ts";

/** Concatenated `TF_Output`s. */
type Outputs = Uint8Array<ArrayBuffer>;

/** A graph with its inputs and outputs. */
export interface GraphRun {
  /** The graph. */
  readonly graph: Deno.PointerValue;
  /** Outputs of its placeholders. */
  readonly inputs: Outputs;
  /** Values of the placeholders, a `TF_Tensor` each. */
  readonly values: readonly Deno.PointerValue[];
  /** Outputs to compute. */
  readonly results: Outputs;
  /** Number of outputs to compute. */
  readonly count: number;
  /** A serialised `ConfigProto`. */
  readonly config: Uint8Array<ArrayBuffer>;
}

/** A serialised `RunOptions` with `trace_level: FULL_TRACE` (field 1). */
const FULL_TRACE = Uint8Array.of(0x08, 3);

/**
 * Runs a graph several times and times its operations in the last run.
 *
 * @param library The loaded library.
 * @param run The graph and its values.
 * @param runs Number of runs; only the last is timed.
 * @returns The operations that ran.
 * @throws {EngineError} If an operation fails; with TensorFlow's message.
 */
export function timeGraph(library: Library, run: GraphRun, runs: number): NodeTime[] {
  const { core, framework, status } = library;
  const options = core.TF_NewSessionOptions();
  core.TF_SetConfig(options, run.config, BigInt(run.config.length), status);
  library.check(() => "Setting up a session");
  const session = core.TF_NewSession(run.graph, options, status);
  core.TF_DeleteSessionOptions(options);
  library.check(() => "Starting a session");
  const traced = core.TF_NewBufferFromString(FULL_TRACE, BigInt(FULL_TRACE.length));
  const metadata = core.TF_NewBuffer();
  const values = BigUint64Array.from(
    run.values,
    (value) => BigInt(Deno.UnsafePointer.value(value)),
  );
  const results = new BigUint64Array(run.count);
  try {
    for (let i = 0; i < runs; i++) {
      const last = i === runs - 1;
      core.TF_SessionRun(
        session,
        last ? traced : null,
        run.inputs,
        values,
        values.length,
        run.results,
        results,
        results.length,
        null,
        0,
        last ? metadata : null,
        status,
      );
      library.check(() => "Running a session");
      for (const result of results) framework.TF_DeleteTensor(Deno.UnsafePointer.create(result));
    }
    return nodeTimes(bytesIn(metadata));
  } finally {
    core.TF_DeleteBuffer(traced);
    core.TF_DeleteBuffer(metadata);
    core.TF_CloseSession(session, status);
    core.TF_DeleteSession(session, status);
  }
}
