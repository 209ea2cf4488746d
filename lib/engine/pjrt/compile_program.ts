/**
 * Recording functions for an accelerator and running them there.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { Compiled, CompileOptions } from "../tensorflow/compiled.ts";
import { currentBackend } from "../tensorflow/current_backend.ts";
import { dtypeCode } from "../tensorflow/dtypes.ts";
import type { Accelerator, DeviceTensor } from "./accelerator.ts";
import type { DeviceBuffer } from "./buffer.ts";
import { lower } from "./lowering/lower.ts";
import type { Type } from "./lowering/value.ts";
import { ProgramRecorder } from "./program_recorder.ts";
import type { RecordedProgram } from "./recorded_program.ts";

/** Options of {@linkcode compileProgram}. */
export interface ProgramOptions extends CompileOptions {
  /** Indices of the inputs whose memory the outputs may take. */
  readonly donated?: readonly number[];
  /** Indices of the inputs of which each of several devices gets a part of the rows, if their number divides these. */
  readonly sharded?: readonly number[];
}

/**
 * Records a function, lowers it and compiles it for an accelerator.
 *
 * @param accelerator The accelerator.
 * @param name Name in error messages.
 * @param inputs Real tensors; the symbolic tensors have their shapes and types.
 * @param fn Maps one symbolic tensor per input to the outputs.
 * @param options Precision, inputs that are used up, inputs that are sharded.
 * @returns The function, ready to run.
 * @throws {EngineError} If an operation cannot be recorded or lowered.
 */
export function compileProgram(
  accelerator: Accelerator,
  name: string,
  inputs: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  { precision, donated = [], sharded = [] }: ProgramOptions,
): Compiled {
  const backend = currentBackend(), { eager } = backend.binding;
  const { length: devices } = accelerator.devices;
  const inParts = new Set(
    devices === 1 ? [] : sharded.filter((index) => inputs[index].shape[0] % devices === 0),
  );
  const place = (tensor: tf.Tensor) =>
    backend.place(tensor, (values, type) => accelerator.upload(values, type));
  const recordable = inputs.map((tensor, index) =>
    inParts.has(index) ? backend.ids([tensor])[0] : place(tensor).id
  );
  const recorded = backend.binding.recordWith(
    ProgramRecorder,
    { bfloat16: false },
    (recorder) => {
      let program!: RecordedProgram;
      tf.tidy(() => {
        const symbols = recordable.map((id) => backend.tensor(recorder.input(id)));
        program = recorder.program(backend.ids(fn(symbols)));
      });
      return program;
    },
  );
  const module = lower(recorded, {
    name,
    arithmetic: { bfloat16: precision === "bf16", tf32: accelerator.tf32 },
    donated: pairs(recorded, donated),
    sharding: devices === 1 ? undefined : { devices, inputs: inParts },
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
      const places = new Map<number, ReturnType<typeof place>>(), parts: DeviceBuffer[] = [];
      try {
        const given = tensors.map((tensor, index): readonly DeviceBuffer[] => {
          if (inParts.has(index)) {
            const { shape, dtype } = tensor;
            const own = accelerator.shard(tensor.dataSync(), { shape, dtype: dtypeCode(dtype) });
            parts.push(...own);
            return own;
          }
          const found = place(tensor);
          places.set(index, found);
          return (eager.remotes.get(found.id) as DeviceTensor).buffers;
        });
        const uses = Map.groupBy(places.values(), ({ id }) => id);
        const usedUp = new Set(donated.filter((index) => {
          const { id, isOnly } = places.get(index)!;
          return isOnly && uses.get(id)!.length === 1;
        }));
        const all = [...given, ...captured.map(({ buffers }) => buffers)];
        const results = await program.run(
          accelerator.devices.map((_, device) => all.map((buffers) => buffers[device])),
          donated.filter((index) => !usedUp.has(index)),
        );
        for (const index of usedUp) eager.useUp(places.get(index)!.id);
        return program.outputs.map((_, i) =>
          eager.adoptRemote(accelerator.adopt(results.map((outputs) => outputs[i])))
        );
      } finally {
        for (const part of parts) part.free();
      }
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
