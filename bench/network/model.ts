/**
 * How long a sum over a ring of machines takes.
 *
 * @module
 */
/** The two numbers of the model. */
export interface Ring {
  /** Seconds that a message takes besides its bytes. */
  readonly latency: number;
  /** Bytes that a process sends in a second. */
  readonly bandwidth: number;
}

/**
 * Time of a sum: each of N processes sends a part of S/N bytes 2(N − 1) times, t = 2(N − 1)(α + S/(N·B)).
 *
 * @param ring Latency α and bandwidth B.
 * @param processes Number of processes N.
 * @param size Bytes S that are added.
 * @returns Seconds.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(ringSeconds({ latency: 0.5, bandwidth: 100 }, 4, 800), 15);
 * ```
 */
export function ringSeconds(
  { latency, bandwidth }: Ring,
  processes: number,
  size: number,
): number {
  return 2 * (processes - 1) * (latency + size / (processes * bandwidth));
}

/**
 * Derives latency and bandwidth from sums of two processes.
 *
 * @param small Seconds for few bytes without a limit, all of which count as latency: an upper bound.
 * @param large Seconds for many bytes over the link.
 * @param size The many bytes.
 * @returns Latency and bandwidth.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const ring = { latency: 0.5, bandwidth: 100 };
 * assertEquals(ringOfTwo(1, ringSeconds(ring, 2, 800), 800), ring);
 * ```
 */
export function ringOfTwo(small: number, large: number, size: number): Ring {
  return { latency: small / 2, bandwidth: size / (large - small) };
}
