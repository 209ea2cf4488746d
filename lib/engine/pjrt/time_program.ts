/**
 * Timing functions on an accelerator.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import { dtypeCode } from "../tensorflow/dtypes.ts";
import type { Metadata } from "../tensorflow/executor.ts";
import type { NodeTime } from "../tensorflow/step_stats.ts";
import type { Accelerator, DeviceTensor } from "./accelerator.ts";
import { compileProgram, type ProgramOptions } from "./compile_program.ts";
import { currentBackend } from "../tensorflow/current_backend.ts";

/**
 * Records a function and times a run, and the copies of inputs to the device.
 *
 * @param accelerator The accelerator.
 * @param inputs Real tensors.
 * @param copied Those of the inputs whose copies are timed.
 * @param fn Maps one symbolic tensor per input to the outputs.
 * @param options Precision, inputs that are sharded.
 * @param runs Number of runs; only the last is timed.
 * @returns The run as one operation, and one for each copy.
 * @throws {EngineError} If an operation cannot be recorded, lowered or run.
 */
export async function timeProgram(
  accelerator: Accelerator,
  inputs: readonly tf.Tensor[],
  copied: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  options: ProgramOptions,
  runs: number,
): Promise<NodeTime[]> {
  const { binding: { eager } } = currentBackend();
  const sharded = options.sharded?.map((index) => inputs[index]) ?? [];
  const compiled = compileProgram(accelerator, "profiled", inputs, fn, options);
  const buffersOf = (results: readonly Metadata[]) =>
    results.map(({ id }) => (eager.remotes.get(id) as DeviceTensor).buffers[0]);
  try {
    let milliseconds = 0;
    for (let i = 0; i < runs; i++) {
      const began = performance.now();
      const results = await compiled.run(inputs);
      await Promise.all(buffersOf(results).map((buffer) => buffer.ready()));
      milliseconds = performance.now() - began;
      for (const { id } of results) eager.delete(id);
    }
    const times: NodeTime[] = [
      { operation: "whole program", dtype: "float32", shape: [], milliseconds },
    ];
    for (const tensor of copied) {
      const values = await tensor.data() as Float32Array, { shape } = tensor;
      const isSharded = sharded.includes(tensor) && shape[0] % accelerator.devices.length === 0;
      const type = { shape, dtype: dtypeCode(tensor.dtype) };
      const began = performance.now();
      const copies = isSharded
        ? accelerator.shard(values, type)
        : accelerator.upload(values, type).buffers;
      await Promise.all(copies.map((buffer) => buffer.ready()));
      const milliseconds = performance.now() - began;
      for (const buffer of copies) buffer.free();
      times.push({ operation: "copy to the device", dtype: tensor.dtype, shape, milliseconds });
    }
    return times;
  } finally {
    compiled.dispose();
  }
}
