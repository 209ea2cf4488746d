/**
 * Exports networks as TensorFlow SavedModels.
 *
 * @module
 */
import type { Extent } from "../../engine/graph/graph.ts";
import type { Model } from "../../inference/predict.ts";
import { type Images, inferenceGraph } from "../inference.ts";
import { encode, type Message } from "../../core/protobuf.ts";
import type { NodeAttribute, TensorflowNode } from "./builder.ts";
import { type End, PRODUCER, tensorflowGraph } from "./graph.ts";
import { DATA_TYPE, SAVED_MODEL } from "./schema.ts";

/** Name of the signature that TensorFlow Serving calls. */
const SIGNATURE = "serving_default";

/**
 * Serialises a network as `saved_model.pb`, which is a complete SavedModel on its own: parameters are constants of the
 * graph. Signature `serving_default`: input `images` `[batch, height, width, channels]`, float32, RGB in [0, 1];
 * outputs `logits` and `probabilities`, `[batch, classes]`.
 *
 * @param model The network, exported in evaluation mode; the caller keeps ownership of its tensors.
 * @param images Properties of its images.
 * @returns The bytes of `saved_model.pb`.
 * @throws {UsageError} If an operation of the network cannot be exported.
 */
export async function savedModel(model: Model, images: Images): Promise<Uint8Array> {
  const graph = tensorflowGraph(inferenceGraph(model, images), { groups: true });
  return await encode(SAVED_MODEL, {
    savedModelSchemaVersion: 1,
    metaGraphs: [{
      metaInfoDef: { tags: ["serve"] },
      graphDef: {
        node: graph.nodes.map(nodeMessage),
        versions: { producer: PRODUCER, minConsumer: 12 },
      },
      signatureDef: {
        [SIGNATURE]: {
          inputs: signature(graph.inputs),
          outputs: signature(graph.outputs),
          methodName: "tensorflow/serving/predict",
        },
      },
    }],
  });
}

function signature(ends: readonly End[]): Message {
  return Object.fromEntries(ends.map(({ name, value }) => [name, {
    name: `${name}:0`,
    dtype: DATA_TYPE[value.dtype][0],
    tensorShape: shapeMessage(value.shape),
  }]));
}

function nodeMessage({ attr, ...node }: TensorflowNode): Message {
  const entries = Object.entries(attr).map(([name, value]) => [name, attributeMessage(value)]);
  return { ...node, attr: Object.fromEntries(entries) };
}

function attributeMessage(attribute: NodeAttribute): Message {
  if ("b" in attribute) return { b: Number(attribute.b) };
  if ("type" in attribute) return { type: DATA_TYPE[attribute.type][0] };
  if ("shape" in attribute) return { shape: shapeMessage(attribute.shape) };
  if (!("tensor" in attribute)) return attribute;
  const { shape, dtype, values } = attribute.tensor;
  return {
    tensor: {
      dtype: DATA_TYPE[dtype][0],
      tensorShape: shapeMessage(shape),
      tensorContent: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    },
  };
}

function shapeMessage(shape: readonly Extent[]): Message {
  return { dim: shape.map((extent) => ({ size: extent ?? -1 })) };
}
