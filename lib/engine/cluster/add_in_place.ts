/**
 * Adding a tensor of each process by a library outside of TensorFlow.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import { currentBackend } from "../tensorflow/current_backend.ts";
import { DTYPE, dtypeName } from "../tensorflow/dtypes.ts";
import type { Transport } from "./transport.ts";

/**
 * Replaces the values of a tensor by their sum over all processes, without copying them.
 *
 * @param transport The library.
 * @param x A float32 tensor of the same shape on all processes, which shares its memory with no other tensor: an output of
 * a traced function that computes it.
 * @throws {TypeError} If the tensor is stored in another type.
 * @throws {EngineError} If another process does not take part.
 */
export async function addInPlace(transport: Transport, x: tf.Tensor): Promise<void> {
  const { binding: { eager, library }, ids } = currentBackend();
  const { core, framework, status } = library;
  const handle = eager.handle(ids([x])[0]), dtype = eager.dtype(handle);
  if (dtype !== DTYPE.float32) {
    throw new TypeError(`Expected a float32 tensor to add but found ${dtypeName(dtype)}`);
  }
  const tensor = core.TFE_TensorHandleResolve(handle, status);
  library.check(() => "Adding a tensor");
  try {
    await transport.addInPlace(framework.TF_TensorData(tensor)!, x.size);
  } finally {
    framework.TF_DeleteTensor(tensor);
  }
}
