/**
 * The engine: TensorFlow.js on libtensorflow, traced functions, gradients.
 *
 * @module
 */
export { tf } from "../deps/tfjs.ts";
export type { Tree } from "../core/tree.ts";
export { type BackendName, type Engine, engine, type EngineOptions } from "./engine.ts";
export { type ValueAndGradients, valueAndGradients } from "./gradients.ts";
export { type OperationProfile, profile, type ProfileOptions } from "./profile.ts";
export type { CompileOptions } from "./tensorflow/compiled.ts";
export { type Traced, traced, type TracedOptions } from "./traced.ts";
