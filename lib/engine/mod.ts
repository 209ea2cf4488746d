/**
 * The engine: TensorFlow.js on libtensorflow, traced functions, gradients, clusters, profiles of operations.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals(tf.sum([1, 2, 3]).dataSync()[0], 6);
 * ```
 *
 * @module
 */
export { tf } from "../deps/tfjs.ts";
export type { Cluster } from "./cluster/cluster.ts";
export { joinCluster, type JoinOptions } from "./cluster/join.ts";
export type { SpreadBatch } from "./cluster/spread_batch.ts";
export type { Transport } from "./cluster/transport.ts";
export { type BackendName, type Engine, engine, type EngineOptions } from "./engine.ts";
export { type ValueAndGradients, valueAndGradients } from "./gradients.ts";
export { detached, detachedFrom } from "./ops/detached.ts";
export { type OperationProfile, profile, type ProfileOptions } from "./profile.ts";
export type { CompileOptions } from "./tensorflow/compiled.ts";
export { type Traced, traced, type TracedOptions } from "./traced.ts";
