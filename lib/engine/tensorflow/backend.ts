/**
 * TensorFlow.js's Node backend on this project's binding, extended to record functions.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import { nodeKernels } from "../../deps/tfjs_node.ts";
import type { Accelerator } from "../pjrt/accelerator.ts";
import type { Attributes } from "./attributes.ts";
import type { Binding } from "./binding.ts";
import { DTYPE } from "./dtypes.ts";
import type { Remote } from "./remote.ts";
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
  read(dataId: object): Promise<unknown>;
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
  /** Where traced functions run, if not on the processor. */
  accelerator?: Accelerator;
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
  /**
   * Copies the values of a tensor to an accelerator, unless they are there.
   *
   * @param tensor The tensor.
   * @param upload Copies values to the accelerator.
   * @returns Id of the tensor, and whether no other tensor shares its values.
   */
  place(
    tensor: tf.Tensor,
    upload: (values: Values, type: Omit<Metadata, "id">) => Remote,
  ): { id: number; isOnly: boolean };
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

  const read = node.read.bind(node);
  node.read = async (dataId) => {
    const data = node.tensorMap.get(dataId);
    return data?.values === null && binding.eager.isOnlyRemote(data.id)
      ? await binding.eager.remotes.get(data.id)!.read()
      : await read(dataId);
  };

  const place: TensorflowBackend["place"] = ({ dataId }, upload) => {
    const data = node.tensorMap.get(dataId)!, { eager } = binding;
    if (data.values !== null) {
      data.id = eager.adoptRemote(upload(data.values, data)).id;
      data.values = null;
    } else if (!eager.remotes.get(data.id)) {
      const type = eager.describe(data.id);
      eager.remotes.set(data.id, upload(eager.read(data.id), type));
    }
    return { id: data.id, isOnly: data.refCount === 1 };
  };

  return Object.assign(node, {
    binding,
    place,
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
