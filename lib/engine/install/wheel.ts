/**
 * A Python package file, exactly one.
 *
 * @module
 */

/** One wheel: what pip is asked for, what must arrive, and which part is kept. */
export interface Wheel {
  /** Name of the package, for instance `tensorflow-cpu`. */
  readonly package: string;
  /** Its version, for instance `2.21.0`. */
  readonly version: string;
  /** Tag of the platform, for instance `manylinux_2_27_x86_64`. */
  readonly platform: string;
  /** Version of Python it was made for, for instance `3.11`; none has to be installed. */
  readonly python: string;
  /** Tag of the binary interface, for instance `cp311` or `none`. */
  readonly abi: string;
  /** SHA-256 of the file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Size in millions of bytes, to be told before downloading. */
  readonly megabytes: number;
  /** What is unpacked: the two libraries of TensorFlow, or a whole folder of NVIDIA's libraries. */
  readonly keep: "tensorflow" | "nvidia";
}
