/**
 * TensorFlow.js: the tensor API, kernels' registry and automatic differentiation.
 *
 * @module
 */
export * as tf from "npm:@tensorflow/tfjs@4.22.0";
