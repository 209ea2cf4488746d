/**
 * How the gradients of the processes are added.
 *
 * @module
 */

/** A library that adds the gradients of all processes outside of the traced step, faster than TensorFlow does within it. */
export interface Transport {
  /** Name and version of the library. */
  readonly name: string;
  /**
   * Adds numbers of all processes in place, off the event loop. The result has the same bits on all of them.
   *
   * @param numbers Address of this process's float32 numbers.
   * @param count How many they are, the same on all processes.
   * @throws {EngineError} If another process does not take part; `Cluster.explained()` tells which.
   */
  addInPlace(numbers: Deno.PointerObject, count: number): Promise<void>;
}
