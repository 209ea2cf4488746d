/**
 * NVIDIA's libraries that TensorFlow's CUDA build loads.
 *
 * @module
 */
import type { Wheel } from "./wheel.ts";

/** The twelve wheels named by the extra `and-cuda` of TensorFlow 2.21.0. */
export const CUDA_WHEELS: readonly Wheel[] = [];
