/**
 * The part of ONNX's `onnx.proto` that a network needs.
 *
 * @module
 */
import type { Schema } from "../../core/protobuf.ts";

/** Data types by TensorFlow.js's names, as `TensorProto.DataType` numbers them. */
export const DATA_TYPE: Readonly<Record<string, number>> = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
};

/** Kinds of attributes, as `AttributeProto.AttributeType` numbers them. */
export const ATTRIBUTE_TYPE = { f: 1, i: 2, ints: 7 } as const;

const TENSOR: Schema = {
  dims: [1, "ints"],
  dataType: [2, "int"],
  name: [8, "string"],
  rawData: [9, "bytes"],
};

const ATTRIBUTE: Schema = {
  name: [1, "string"],
  f: [2, "float"],
  i: [3, "int"],
  ints: [8, "ints"],
  type: [20, "int"],
};

const NODE: Schema = {
  input: [1, "string"],
  output: [2, "string"],
  name: [3, "string"],
  opType: [4, "string"],
  attribute: [5, ATTRIBUTE],
};

const SHAPE: Schema = { dim: [1, { dimValue: [1, "int"], dimParam: [2, "string"] }] };

const VALUE_INFO: Schema = {
  name: [1, "string"],
  type: [2, { tensorType: [1, { elemType: [1, "int"], shape: [2, SHAPE] }] }],
  docString: [3, "string"],
};

const GRAPH: Schema = {
  node: [1, NODE],
  name: [2, "string"],
  initializer: [5, TENSOR],
  docString: [10, "string"],
  input: [11, VALUE_INFO],
  output: [12, VALUE_INFO],
};

/** `ModelProto`, the message that a file holds. */
export const MODEL: Schema = {
  irVersion: [1, "int"],
  producerName: [2, "string"],
  graph: [7, GRAPH],
  opsetImport: [8, { domain: [1, "string"], version: [2, "int"] }],
  metadataProps: [14, { key: [1, "string"], value: [2, "string"] }],
};
