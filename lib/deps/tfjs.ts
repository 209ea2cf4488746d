/**
 * TensorFlow.js: tensor API, kernel registry and automatic differentiation.
 *
 * @module
 */
/** TensorFlow.js: tensors, operations, gradients, layers. */
export * as tf from "npm:@tensorflow/tfjs@4.22.0";
