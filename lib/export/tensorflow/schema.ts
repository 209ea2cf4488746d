/**
 * The parts of TensorFlow's `graph.proto`, `meta_graph.proto` and `saved_model.proto` that a network needs.
 *
 * @module
 */
import type { Schema } from "../../core/protobuf.ts";

/** Code and name in TensorFlow's `DataType` by TensorFlow.js's names of data types. */
export const DATA_TYPE: Readonly<Record<string, readonly [code: number, name: string]>> = {
  float32: [1, "DT_FLOAT"],
  int32: [3, "DT_INT32"],
  bool: [10, "DT_BOOL"],
};

const SHAPE: Schema = { dim: [2, { size: [1, "int"] }] };

const TENSOR: Schema = {
  dtype: [1, "int"],
  tensorShape: [2, SHAPE],
  tensorContent: [4, "bytes"],
};

const ATTRIBUTE: Schema = {
  list: [1, { i: [3, "ints"] }],
  s: [2, "string"],
  i: [3, "int"],
  b: [5, "int"],
  type: [6, "int"],
  shape: [7, SHAPE],
  tensor: [8, TENSOR],
};

const NODE: Schema = {
  name: [1, "string"],
  op: [2, "string"],
  input: [3, "string"],
  attr: [5, { map: ATTRIBUTE }],
};

const GRAPH: Schema = {
  node: [1, NODE],
  versions: [4, { producer: [1, "int"], minConsumer: [2, "int"] }],
};

const TENSOR_INFO: Schema = {
  name: [1, "string"],
  dtype: [2, "int"],
  tensorShape: [3, SHAPE],
};

const SIGNATURE: Schema = {
  inputs: [1, { map: TENSOR_INFO }],
  outputs: [2, { map: TENSOR_INFO }],
  methodName: [3, "string"],
};

const META_GRAPH: Schema = {
  metaInfoDef: [1, { tags: [4, "string"] }],
  graphDef: [2, GRAPH],
  signatureDef: [5, { map: SIGNATURE }],
};

/** `SavedModel`, the message in `saved_model.pb`. */
export const SAVED_MODEL: Schema = {
  savedModelSchemaVersion: [1, "int"],
  metaGraphs: [2, META_GRAPH],
};
