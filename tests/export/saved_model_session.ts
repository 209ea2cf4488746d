/**
 * Running SavedModels with TensorFlow's loader.
 *
 * @module
 */
import { libraryFiles } from "../../lib/engine/install/library_files.ts";
import { join } from "node:path";
import { locateLibtensorflow } from "../../lib/engine/install/locate.ts";
import { DTYPE } from "../../lib/engine/tensorflow/dtypes.ts";
import { joined, outputOf } from "../../lib/engine/tensorflow/graph.ts";
import { cString, loadLibrary } from "../../lib/engine/tensorflow/library.ts";
import { newTensor, readTensor } from "../../lib/engine/tensorflow/tensors.ts";
import type { Answer } from "./close.ts";

const SYMBOLS = {
  TF_LoadSessionFromSavedModel: {
    parameters: [
      "pointer",
      "pointer",
      "buffer",
      "buffer",
      "i32",
      "pointer",
      "pointer",
      "pointer",
    ],
    result: "pointer",
  },
  TF_GraphOperationByName: { parameters: ["pointer", "buffer"], result: "pointer" },
} as const;

/** Location of TensorFlow's library, if it is installed. */
export const LIBRARY = await locateLibtensorflow();

/**
 * Runs a SavedModel on a batch of images.
 *
 * @param folder Folder of the SavedModel.
 * @param shape Shape of the images, `[batch, height, width, channels]`.
 * @param pixels Their pixels.
 */
export function askSavedModel(folder: string, shape: number[], pixels: Float32Array): Answer {
  const library = loadLibrary(LIBRARY!.folder);
  const { core, framework, status, check } = library;
  const more = Deno.dlopen(join(LIBRARY!.folder, libraryFiles()[1]), SYMBOLS).symbols;
  const graph = core.TF_NewGraph(), options = core.TF_NewSessionOptions();
  const tag = cString("serve");
  const tags = BigUint64Array.of(Deno.UnsafePointer.value(Deno.UnsafePointer.of(tag)));
  const session = more.TF_LoadSessionFromSavedModel(
    options,
    null,
    cString(folder),
    tags,
    1,
    graph,
    null,
    status,
  );
  check(() => `Loading ${folder}`);
  const output = (name: string) => outputOf(more.TF_GraphOperationByName(graph, cString(name)), 0);
  const images = newTensor(library, shape, DTYPE.float32, pixels);
  const results = new BigUint64Array(2);
  core.TF_SessionRun(
    session,
    null,
    output("images"),
    BigUint64Array.of(Deno.UnsafePointer.value(images)),
    1,
    joined([output("logits"), output("probabilities")]),
    results,
    2,
    null,
    0,
    null,
    status,
  );
  check(() => `Running ${folder}`);
  const [logits, probabilities] = Array.from(results, (result) => {
    const tensor = Deno.UnsafePointer.create(result);
    const size = Number(framework.TF_TensorByteSize(tensor)) / 4;
    const values = readTensor(library, tensor, DTYPE.float32, size) as Float32Array;
    framework.TF_DeleteTensor(tensor);
    return values;
  });
  framework.TF_DeleteTensor(images);
  core.TF_DeleteSession(session, status);
  core.TF_DeleteSessionOptions(options);
  core.TF_DeleteGraph(graph);
  return { logits, probabilities };
}
