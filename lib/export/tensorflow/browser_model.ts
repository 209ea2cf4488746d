/**
 * Exports networks as graph models of TensorFlow.js, for browsers.
 *
 * @module
 */
import type { Extent } from "../../engine/graph/graph.ts";
import type { Model } from "../../inference/predict.ts";
import { describe, type Images, inferenceGraph } from "../inference.ts";
import type { NodeAttribute, Tensor, TensorflowNode } from "./builder.ts";
import { type End, PRODUCER, tensorflowGraph } from "./graph.ts";
import { DATA_TYPE } from "./schema.ts";

/** Largest size of a file of weights, in bytes: browsers cache files up to this size. */
const SHARD = 4 * 2 ** 20;

/** The files of a graph model. */
export interface BrowserModel {
  /** Content of `model.json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** Files of weights in the same folder, by name. */
  readonly shards: ReadonlyMap<string, Uint8Array>;
}

/**
 * Serialises a network as a graph model for `tf.loadGraphModel`. Input `images`: `[batch, height, width, channels]`,
 * float32, RGB in [0, 1]; outputs `logits` and `probabilities`, `[batch, classes]`. Class names are in
 * `userDefinedMetadata` of `model.json`.
 *
 * @param model The network, exported in evaluation mode; the caller keeps ownership of its tensors.
 * @param images Properties of its images.
 * @param stem Prefix of the shards' names.
 * @returns Contents of the files.
 * @throws {UsageError} If an operation of the network cannot be exported.
 */
export function browserModel(
  model: Model,
  images: Images,
  stem = "weights",
): BrowserModel {
  const graph = tensorflowGraph(inferenceGraph(model, images), { groups: false });
  const weights = graph.nodes.flatMap(({ name, attr: { value } }) =>
    value && "tensor" in value ? [{ name, ...value.tensor }] : []
  );
  const shards = shardsOf(weights, stem);
  return {
    json: {
      format: "graph-model",
      generatedBy: "nbn",
      signature: { inputs: signature(graph.inputs), outputs: signature(graph.outputs) },
      modelTopology: { node: graph.nodes.map(nodeJson), versions: { producer: PRODUCER } },
      weightsManifest: [{
        paths: [...shards.keys()],
        weights: weights.map(({ name, shape, dtype }) => ({ name, shape, dtype })),
      }],
      userDefinedMetadata: describe(model, images, "NHWC"),
    },
    shards,
  };
}

/** Concatenates all weights and splits them into files of at most {@linkcode SHARD} bytes. */
function shardsOf(weights: readonly Tensor[], stem: string): Map<string, Uint8Array> {
  const all = new Uint8Array(weights.reduce((sum, { values }) => sum + values.byteLength, 0));
  let length = 0;
  for (const { values: { buffer, byteOffset, byteLength } } of weights) {
    all.set(new Uint8Array(buffer, byteOffset, byteLength), length);
    length += byteLength;
  }
  const count = Math.max(1, Math.ceil(length / SHARD));
  return new Map(
    Array.from({ length: count }, (_, i) => [
      `${stem}-${i + 1}-of-${count}.bin`,
      all.subarray(i * SHARD, (i + 1) * SHARD),
    ]),
  );
}

function signature(ends: readonly End[]): Record<string, unknown> {
  return Object.fromEntries(ends.map(({ name, value }) => [name, {
    name: `${name}:0`,
    dtype: DATA_TYPE[value.dtype][1],
    tensorShape: shapeJson(value.shape),
  }]));
}

function nodeJson({ attr, ...node }: TensorflowNode): Record<string, unknown> {
  const entries = Object.entries(attr).map(([name, value]) => [name, attributeJson(value)]);
  return { ...node, attr: Object.fromEntries(entries) };
}

function attributeJson(attribute: NodeAttribute): Record<string, unknown> {
  // The JSON format encodes strings as base64 bytes.
  if ("s" in attribute) return { s: btoa(attribute.s) };
  if ("type" in attribute) return { type: DATA_TYPE[attribute.type][1] };
  if ("shape" in attribute) return { shape: shapeJson(attribute.shape) };
  if (!("tensor" in attribute)) return attribute;
  const { shape, dtype } = attribute.tensor;
  return { tensor: { dtype: DATA_TYPE[dtype][1], tensorShape: shapeJson(shape) } };
}

function shapeJson(shape: readonly Extent[]): Record<string, unknown> {
  return { dim: shape.map((extent) => ({ size: String(extent ?? -1) })) };
}
