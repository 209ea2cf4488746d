/**
 * Recording functions for an accelerator and running them there.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { Compiled, CompileOptions } from "../tensorflow/compiled.ts";
import type { Accelerator, DeviceTensor } from "./accelerator.ts";
import { lower } from "./lowering/lower.ts";
import type { Type } from "./lowering/value.ts";
import { ProgramRecorder } from "./program_recorder.ts";
import type { RecordedProgram } from "./recorded_program.ts";
import { currentBackend } from "../tensorflow/current_backend.ts";

/** Options of {@linkcode compileProgram}. */
export interface ProgramOptions extends CompileOptions {
  /** Indices of the inputs whose memory the outputs may take. */
  readonly donated?: readonly number[];
}

/**
 * Records a function, lowers it and compiles it for an accelerator.
 *
 * @param accelerator The accelerator.
 * @param name Name in error messages.
 * @param inputs Real tensors; the symbolic tensors have their shapes and types.
 * @param fn Maps one symbolic tensor per input to the outputs.
 * @param options Precision, inputs that are used up.
 * @returns The function, ready to run.
 * @throws {EngineError} If an operation cannot be recorded or lowered.
 */
export function compileProgram(
  accelerator: Accelerator,
  name: string,
  inputs: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  { precision, donated = [] }: ProgramOptions,
): Compiled {
  const backend = currentBackend(), { eager } = backend.binding;
  const place = (tensor: tf.Tensor) =>
    backend.place(tensor, (values, type) => accelerator.upload(values, type));
  const placed = inputs.map(place);
  const recorded = backend.binding.recordWith(
    ProgramRecorder,
    { bfloat16: false },
    (recorder) => {
      let program!: RecordedProgram;
      tf.tidy(() => {
        const symbols = placed.map(({ id }) => backend.tensor(recorder.input(id)));
        program = recorder.program(backend.ids(fn(symbols)));
      });
      return program;
    },
  );
  const module = lower(recorded, {
    name,
    arithmetic: { bfloat16: precision === "bf16", tf32: accelerator.tf32 },
    donated: pairs(recorded, donated),
  });
  // The captured tensors may be disposed by then, so the function has copies of its own.
  const captured = recorded.captured.map((id) =>
    accelerator.upload(eager.read(id), eager.describe(id))
  );
  const compiling = accelerator.programs.program(module);
  // A failure is reported by the first run.
  compiling.catch(() => {});
  return {
    async run(tensors) {
      const { program } = await compiling;
      const given = tensors.map(place), ids = given.map(({ id }) => id);
      const buffers = ids.map((id) => (eager.remotes.get(id) as DeviceTensor).buffer);
      const uses = Map.groupBy(ids, (id) => id);
      const usedUp = new Set(
        donated.filter((index) => given[index].isOnly && uses.get(ids[index])!.length === 1),
      );
      const results = await program.run(
        [...buffers, ...captured.map(({ buffer }) => buffer)],
        donated.filter((index) => !usedUp.has(index)),
      );
      for (const index of usedUp) eager.useUp(ids[index]);
      return results.map((buffer) => eager.adoptRemote(accelerator.adopt(buffer)));
    },
    dispose() {
      for (const tensor of captured.splice(0)) tensor.free();
      compiling.then(({ program }) => program.free(), () => {});
    },
  };
}

/** Pairs every donated input with the first output of the same type that has none yet. */
function pairs(
  { inputs, outputs }: RecordedProgram,
  donated: readonly number[],
): Map<number, number> {
  const free = outputs.map((source): Type =>
    source.kind === "input"
      ? inputs[source.index]
      : source.kind === "constant"
      ? source.type
      : source.operation.outputs[source.index]
  );
  const found = new Map<number, number>();
  const taken = new Set<number>();
  for (const index of donated) {
    const { shape, element } = inputs[index];
    const output = free.findIndex((type, i) =>
      !taken.has(i) && type.element === element && String(type.shape) === String(shape)
    );
    if (output < 0) continue;
    taken.add(output);
    found.set(index, output);
  }
  return found;
}
