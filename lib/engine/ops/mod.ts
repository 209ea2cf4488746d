/**
 * Differentiable operations: TensorFlow's own forward and backward kernels on libtensorflow, equivalent compositions
 * of TensorFlow.js operations on the other backends.
 *
 * @module
 */
export { batchNormInference, type BatchNormResult, batchNormTraining } from "./batch_norm.ts";
export { chunkedSum, type Chunks } from "./chunked_sum.ts";
export { conv2d, type Conv2dOptions } from "./conv2d.ts";
export { cutOff, detached, detachedFrom } from "./detached.ts";
export { globalAveragePool } from "./global_average_pool.ts";
export { expectLabelTensor } from "./labels.ts";
export { pad } from "./pad.ts";
export { avgPool, maxPool, type PoolOptions } from "./pool.ts";
export { randomNormal, randomUniform } from "./random.ts";
export { relu } from "./relu.ts";
export { rows } from "./rows.ts";
export { softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "./softmax_cross_entropy.ts";
export { subsample } from "./subsample.ts";
export { unitVectors } from "./unit_vectors.ts";
export { oneHot } from "./one_hot.ts";
export { weightedRows } from "./weighted_rows.ts";
