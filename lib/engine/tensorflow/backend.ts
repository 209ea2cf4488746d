/**
 * TensorFlow.js's Node backend on this project's binding, extended to record functions.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import { nodeKernels } from "../../deps/tfjs_node.ts";
import type { Attributes } from "./attributes.ts";
import type { Binding } from "./binding.ts";
import { DTYPE } from "./dtypes.ts";
import type { Executor, Metadata } from "./executor.ts";
import type { Values } from "./tensors.ts";

/** The backend's data of a tensor. */
interface TensorData {
  shape: number[];
  dtype: number;
  /** Values not yet passed to TensorFlow. */
  values: Values | null;
  id: number;
  refCount: number;
  /** Executor under which it was written: a recorder, or eager execution. */
  home?: Executor;
}

/** The parts of `NodeJSKernelBackend` that are used; its own typing hides them. */
interface NodeBackend {
  tensorMap: { get(dataId: object): TensorData | undefined };
  getInputTensorIds(tensors: readonly tf.Tensor[]): number[];
  createOutputTensor(metadata: Metadata): tf.Tensor;
  move(
    dataId: object,
    values: Values,
    shape: number[],
    dtype: tf.DataType,
    refCount: number,
  ): void;
}

/** The libtensorflow backend. */
export interface TensorflowBackend {
  /** The binding underneath. */
  readonly binding: Binding;
  /** Runs any operation by name. */
  execute(
    operation: string,
    attributes: Attributes,
    inputs: readonly tf.Tensor[],
    outputs: number,
  ): tf.Tensor[];
  /** Returns the binding's ids of tensors. */
  ids(tensors: readonly tf.Tensor[]): number[];
  /** Returns the tensor of an output. */
  tensor(metadata: Metadata): tf.Tensor;
}

/**
 * Creates the backend.
 *
 * @param binding The binding over libtensorflow.
 * @returns A backend to register with TensorFlow.js.
 */
export async function tensorflowBackend(
  binding: Binding,
): Promise<TensorflowBackend & tf.KernelBackend> {
  const { NodeJSKernelBackend } = await nodeKernels();
  const node = new NodeJSKernelBackend(
    binding as never,
    "@tensorflow/tfjs-node-gpu",
  ) as unknown as NodeBackend;

  const move = node.move.bind(node);
  node.move = (dataId, values, shape, dtype, refCount) => {
    move(dataId, values, shape, dtype, refCount);
    node.tensorMap.get(dataId)!.home = binding.executor;
  };

  // Values are passed to TensorFlow on first use. For a tensor created before the recording this must happen in the
  // executor where it was written, so that it is captured; otherwise it would be lost when the recording ends.
  const inputIds = node.getInputTensorIds.bind(node);
  node.getInputTensorIds = (tensors) => {
    if (binding.recording) {
      for (const { dataId } of tensors) {
        const data = dataId && node.tensorMap.get(dataId);
        if (!data || data.values === null) continue;
        data.id = (data.home ?? binding.eager).create(data.shape, data.dtype, data.values);
        data.values = null;
      }
    }
    return inputIds(tensors);
  };

  return Object.assign(node, {
    binding,
    execute: (
      operation: string,
      attributes: Attributes,
      inputs: readonly tf.Tensor[],
      outputs: number,
    ) =>
      binding.executor
        .execute(operation, Object.entries(attributes), node.getInputTensorIds(inputs), outputs)
        .map((metadata) => node.createOutputTensor(asKnown(metadata))),
    ids: node.getInputTensorIds,
    tensor: (metadata: Metadata) => node.createOutputTensor(metadata),
  }) as unknown as TensorflowBackend & tf.KernelBackend;
}

/** TensorFlow.js has no 64-bit integers and warns of them: those that operations only pass on are shown as 32-bit. */
function asKnown(metadata: Metadata): Metadata {
  return metadata.dtype === DTYPE.int64 ? { ...metadata, dtype: DTYPE.int32 } : metadata;
}
