/**
 * Exports networks as ONNX models.
 *
 * @module
 */
import type { ComputationGraph, Value } from "../../engine/graph/graph.ts";
import type { Model } from "../../inference/predict.ts";
import { describe, type Images, inferenceGraph, NAMES } from "../inference.ts";
import { encode, type Message } from "../../core/protobuf.ts";
import { OnnxBuilder, onnxOrder } from "./builder.ts";
import { writeOnnxNode } from "./operations.ts";
import { DATA_TYPE, MODEL } from "./schema.ts";

/** Version of the operator set, supported by runtimes since 2022, and the matching version of the file format. */
const OPSET = 17, IR_VERSION = 8;

/**
 * Serialises a network as an ONNX model. Input `images`: `[batch, channels, height, width]`, float32, RGB in [0, 1];
 * outputs `logits` and `probabilities`, `[batch, classes]`. The metadata contains class names, mean and deviation; the
 * model normalises its input itself.
 *
 * @param model The network, exported in evaluation mode; the caller keeps ownership of its tensors.
 * @param images Properties of its images.
 * @returns The bytes of the `.onnx` file.
 * @throws {UsageError} If ONNX lacks an operation of the network.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { onnxModel } from "@nbn/toolkit/export";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { test } = builtin();
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const bytes = await onnxModel({ network, ...network.init(0, test.shape) }, test);
 * assert(bytes.length > 4 * 70_000);
 * ```
 */
export async function onnxModel(model: Model, images: Images): Promise<Uint8Array> {
  const { nodes, inputs, outputs } = inferenceGraph(model, images);
  const builder = new OnnxBuilder();
  builder.name(inputs[0], NAMES.input);
  for (const node of nodes) writeOnnxNode(node, builder);
  rename(builder, outputs);
  return await encode(MODEL, {
    irVersion: IR_VERSION,
    producerName: "nbn",
    opsetImport: [{ domain: "", version: OPSET }],
    metadataProps: Object.entries(describe(model, images, "NCHW"))
      .map(([key, value]) => ({ key, value })),
    graph: {
      name: model.network.name,
      node: builder.nodes,
      initializer: builder.initializers,
      input: [valueInfo(NAMES.input, inputs[0])],
      output: outputs.map((output, i) => valueInfo(NAMES.outputs[i], output)),
    },
  });
}

/** Names the outputs. */
function rename(builder: OnnxBuilder, outputs: ComputationGraph["outputs"]): void {
  outputs.forEach((value, i) =>
    builder.nodes.push({
      input: [builder.input(value)],
      output: [NAMES.outputs[i]],
      name: NAMES.outputs[i],
      opType: "Identity",
    })
  );
}

function valueInfo(name: string, { shape, dtype }: Value): Message {
  const dim = onnxOrder(shape).map((extent) =>
    extent === null ? { dimParam: "batch" } : { dimValue: extent }
  );
  return { name, type: { tensorType: { elemType: DATA_TYPE[dtype], shape: { dim } } } };
}
