/**
 * Specification of a pinned Python wheel.
 *
 * @module
 */

/** One wheel: its name and tags for pip, its checksum, and the part to install. */
export interface Wheel {
  /** Name of the package, for instance `tensorflow-cpu`. */
  readonly package: string;
  /** Version of the package, for instance `2.21.0`. */
  readonly version: string;
  /** Platform tag, for instance `manylinux_2_27_x86_64`. */
  readonly platform: string;
  /** Version of Python it is built for, for instance `3.11`; that version need not be installed. */
  readonly python: string;
  /** ABI tag, for instance `cp311` or `none`. */
  readonly abi: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Size in megabytes (10⁶ bytes), for the progress display. */
  readonly megabytes: number;
  /**
   * Whether to install a file.
   *
   * @param path Its path in the wheel, for instance `tensorflow/libtensorflow_cc.so.2`.
   */
  keep(path: string): boolean;
}
